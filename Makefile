# bud: Unix filters for the budget documents of Chinese departments.
#
#   make demo    sets up, builds, runs the main job on the shipped examples
#   make test    sets up, builds, runs every test
#   make         builds build/bud-parse …
#
# Sources are found, not listed: every tools/ROOM/*.c is part of the library,
# every tools/bud-*.c is a program.

CC ?= cc
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Werror
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(WARN) -Itools $(CFLAGS)
LIBS = -ljansson -lcsv -lz -lmd -lutf8proc
B = build

ROOMS = base record source lexicon extract check diff render archive
LIB_SRC := $(wildcard $(ROOMS:%=tools/%/*.c))
LIB_OBJ := $(LIB_SRC:tools/%.c=$B/obj/%.o) $B/obj/share.o
PROGRAMS := $(patsubst tools/%.c,$B/%,$(wildcard tools/bud-*.c))
SHARE := $(shell find share -type f)

all: $(PROGRAMS)

$B/bud-%: $B/obj/bud-%.o $B/libbud.a
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$B/libbud.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$B/obj/%.o: tools/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$B/obj/share.S: scripts/embed $(SHARE)
	@mkdir -p $(@D)
	scripts/embed share $@

$B/obj/share.o: $B/obj/share.S
	$(CC) -c -o $@ $<

-include $(shell find $B -name '*.d' 2>/dev/null)

clean:
	rm -rf $B

.PHONY: all clean
.SECONDARY:
