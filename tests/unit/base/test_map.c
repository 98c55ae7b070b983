#include <criterion/criterion.h>

#include "base/arena.h"
#include "base/map.h"

Test(map, keeps_every_key_and_the_order_of_insertion)
{
	enum { N = 5000 };
	struct arena a = {0};
	struct map m = {0};
	static int values[N];

	cr_expect_null(map_get(&m, STR("absent")));
	for (int i = 0; i < N; i++) {
		void **place = map_put(&m, str_format(&a, "key %d", i));

		cr_expect_null(*place);
		*place = &values[i];
	}
	cr_expect_eq(m.n, N);
	for (int i = 0; i < N; i++) {
		struct str key = str_format(&a, "key %d", i);

		cr_expect_eq(map_get(&m, key), &values[i]);
		cr_expect_eq(*map_put(&m, key), &values[i]);
		cr_expect(str_equal(m.entries[i].key, key));
	}
	cr_expect_eq(m.n, N);
	cr_expect_null(map_get(&m, STR("absent")));
	map_release(&m);
	arena_release(&a);
}

Test(map, tells_keys_with_nul_bytes_and_the_empty_key_apart)
{
	struct map m = {0};
	int a, b, c;

	*map_put(&m, (struct str){"x\0a", 3}) = &a;
	*map_put(&m, (struct str){"x\0b", 3}) = &b;
	*map_put(&m, STR("")) = &c;
	cr_expect_eq(map_get(&m, (struct str){"x\0a", 3}), &a);
	cr_expect_eq(map_get(&m, (struct str){"x\0b", 3}), &b);
	cr_expect_eq(map_get(&m, (struct str){NULL, 0}), &c);
	cr_expect_null(map_get(&m, STR("x")));
	map_release(&m);
}

Test(map, is_empty_after_clear_and_usable)
{
	struct map m = {0};
	int v;

	map_clear(&m);
	*map_put(&m, STR("a")) = &v;
	map_clear(&m);
	cr_expect_eq(m.n, 0);
	cr_expect_null(map_get(&m, STR("a")));
	*map_put(&m, STR("b")) = &v;
	cr_expect_eq(map_get(&m, STR("b")), &v);
	map_release(&m);
	map_release(&m);
}
