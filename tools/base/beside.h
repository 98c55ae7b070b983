/* Programs of bud that another one runs: those that lie beside it. */
#ifndef BUD_BASE_BESIDE_H
#define BUD_BASE_BESIDE_H

enum { BESIDE_MISSING = 127 }; /* exit status, as that of a shell */

/*
 * In a child: becomes the program argv[0] that lies beside the running one,
 * else the one on PATH; ends with BESIDE_MISSING where there is none.
 */
_Noreturn void beside_exec(char **argv);

#endif
