# bud: Unix filters for the budget documents of Chinese departments.
#
#   make demo            sets up, builds, runs the main job on the examples
#   make test            sets up, builds, runs every test
#   make                 builds build/bud-parse …
#   make accept CASE=X   rewrites what tests/cli/X expects, shows the diff
#   make score           holds bud-parse against facts read by hand
#   make test-asan       the tests under the address and UB sanitizers
#   make test-valgrind   the golden cases under valgrind
#   make test-reproducible  two builds in two folders, the same bytes
#   make test-browser    the HTML report in a headless browser
#   make bundle          build/bundle.tar.gz, for other hosts and clusters
#   make test-cluster    the job on Spark, and the recipe for several hosts
#   make load            DOCUMENTS=100000 through parse, check and archive:
#                        memory, descriptors, the same after a kill
#   make mutate          what bud-check notices of one number changed, in
#                        every document; EVERY=10 every tenth number
#   make bench           the filters against their peers; SHORT=1 small,
#                        PARTS=text: its jobs on texts alone
#   make fuzz            libFuzzer on every reader; MINUTES=1 TARGETS=…
#                        ROUNDS=9 goes on where coverage has not stopped
#   make analyze         cppcheck, gcc -fanalyzer, clang-tidy
#   make install         PREFIX=/usr/local DESTDIR=; make uninstall
#   make deb             Debian packages in build/deb, held against lintian
#
# Sources are found, not listed: every tools/ROOM/*.c is part of the library,
# every tools/bud-*.c is a program, every tests/unit/ROOM/ is a test program.

CC ?= cc
# The same programs for every processor of its kind, arranged for those of the
# last ten years: gcc's own choice clears and copies structures by an
# instruction that takes long to begin. CLEAR is for gcc alone.
CLEAR = -mmemset-strategy=vector_loop:512:noalign,libcall:-1:noalign
TUNE := $(if $(filter x86_64,$(shell uname -m)),-mtune=haswell $(shell \
	$(CC) $(CLEAR) -E -x c /dev/null >/dev/null 2>&1 && echo $(CLEAR)))
CFLAGS ?= -O3 $(TUNE) -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 \
	-fstack-protector-strong -fstack-clash-protection
LDFLAGS ?= -Wl,-z,relro -Wl,-z,now
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Werror
# Two folders give the same bytes: debuggers are told no path of a machine.
ALL_CFLAGS = -std=c17 -pthread -D_GNU_SOURCE $(WARN) -Itools $(CFLAGS) \
	-ffile-prefix-map=$(CURDIR)=.
# Small libraries go into the programs where the system has them so: to find
# and load five of them costs as much as to start a program does. nettle and
# libcsv are under the LGPL: who hands the programs on without these sources
# links with LINK=shared, as the Debian packages do.
LINK = static
SMALL = jansson csv z nettle utf8proc
LIBS := $(foreach l,$(SMALL),$(if $(filter static/%,$(LINK)$(shell \
	$(CC) -print-file-name=lib$l.a 2>/dev/null)),-l:lib$l.a,-l$l))
B = build
PREFIX = /usr/local
# make V=1 shows the commands; JOBS processes where make was given no -j.
Q = $(if $(V),,@)
QUIET := $(V)$(findstring s,$(firstword -$(MAKEFLAGS)))
say = $(if $(QUIET),,@echo "  $(1)")
JOBS := $(shell nproc 2>/dev/null || echo 2)
SUBMAKE = +@$(MAKE) --no-print-directory \
	$(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=undefined

ROOMS = base record source lexicon extract parse check diff render archive
LIB_SRC := $(wildcard $(ROOMS:%=tools/%/*.c))
LIB_OBJ := $(LIB_SRC:tools/%.c=$B/obj/%.o) $B/obj/share.o \
	$B/obj/vocabulary.o $B/obj/rules.o
# What reads the vocabulary, to have it read at build time.
LEXICON_OBJ := $(filter-out %/choose.o,$(filter $B/obj/base/% \
	$B/obj/record/% $B/obj/lexicon/% %/share.o,$(LIB_OBJ)))
# What reads the rules, for the same.
RULES_OBJ := $(filter $B/obj/base/% $B/obj/record/% %/share.o, $(LIB_OBJ)) \
	$(patsubst %,$B/obj/check/%.o,rule formula ratio)
# Readers of heavy formats, and the pkg-config names of what each one needs.
LIBEXEC_SRC := $(wildcard tools/libexec/*.c)
READERS := $(patsubst tools/%.c,$B/%,$(wildcard tools/libexec/bud-*.c))
READER_OBJ := $(patsubst tools/%,$B/obj/%.o,$(basename \
	$(filter-out tools/libexec/bud-%,$(LIBEXEC_SRC)) \
	$(wildcard tools/libexec/*.cc)))
NEEDS_bud-read-pdf = poppler
NEEDS_bud-read-mht = gmime-3.0
NEEDS_bud-read-docx = libxml-2.0 libarchive
NEEDS_bud-read-xlsx = libxml-2.0 libarchive
NEEDS_bud-read-ofd = libxml-2.0 libarchive
NEEDS_bud-read-zip = libxml-2.0 libarchive
NEEDS_pdf = poppler
NEEDS_package = libxml-2.0
NEEDS_xml = libxml-2.0
NEEDS_numbering = libxml-2.0
NEEDS_docx_text = libxml-2.0
PROGRAMS := $(patsubst tools/%.c,$B/%,$(wildcard tools/bud-*.c))
UNIT_SRC := $(wildcard tests/unit/*/*.c)
UNITS := $(patsubst tests/unit/%/,$B/unit/%,$(sort $(dir $(UNIT_SRC))))
SCRIPTS := $B/bud-nightly
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,$B/fuzz/%,\
	$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SHARED = fuzz lexicon chain
FUZZ_MAIN = $B/obj/fuzz/standalone.o
# Completions come from the option tables of the programs themselves.
FILTERS := $(PROGRAMS:$B/%=$B/options/%)
TABLES := $(FILTERS) $B/options/bud $(SCRIPTS:$B/%=$B/options/%)
COMPLETIONS := $(foreach t,$(TABLES),$B/completions/bash/$(notdir $t) \
	$B/completions/zsh/_$(notdir $t) $B/completions/fish/$(notdir $t).fish)
SHARE := $(shell find share -type f ! -path 'share/man/*')

all: $(PROGRAMS) $B/bud $(SCRIPTS) $(READERS) $B/man/man7/bud-messages.7 \
		$(COMPLETIONS)
	@:

# Programs that are scripts: their messages filled in.
FRONT := scripts/front scripts/front-functions share/messages.tsv tools/base/program.h
front = mkdir -p $(@D) && scripts/front share/messages.tsv \
	tools/base/program.h $< >$@.tmp && chmod +x $@.tmp && mv $@.tmp $@

$B/bud: tools/bud $(FRONT)
	$(call say,SH $@)
	$Q$(front)

$(SCRIPTS): $B/%: scripts/nightly/% $(FRONT)
	$(call say,SH $@)
	$Q$(front)

$B/options/%: $B/%
	@mkdir -p $(@D)
	$Q$< --list-options >$@.tmp && mv $@.tmp $@

# bud hands the options of the filters on.
complete = mkdir -p $(@D) && awk -f scripts/completions $(1) $(2) \
	$B/options/$(2) $(if $(filter bud,$(2)),$(FILTERS)) >$@

$B/completions/bash/%: $(TABLES) scripts/completions
	$Q$(call complete,bash,$*)

$B/completions/zsh/_%: $(TABLES) scripts/completions
	$Q$(call complete,zsh,$*)

$B/completions/fish/%.fish: $(TABLES) scripts/completions
	$Q$(call complete,fish,$*)

# Vocabulary and rules are full of pointers, which only a program at a fixed address
# need not mend at every start. What reads hostile formats is linked as usual.
FIXED = -no-pie
$B/bud-%: $B/obj/bud-%.o $B/libbud.a
	$(call say,LD $@)
	$Q$(CC) $(ALL_CFLAGS) $(FIXED) $(LDFLAGS) -o $@ $^ $(LIBS)

# A header that is not there is told with the package that has it, once.
$B/setup: scripts/setup
	@mkdir -p $(@D)
	@$(if $(READERS),scripts/setup --tell build || :)
	@touch $@

$(LIB_OBJ) $(READER_OBJ) $(PROGRAMS:$B/%=$B/obj/%.o): | $B/setup

# Headers of other projects need not be clean to our taste.
$B/obj/libexec/%.o: tools/libexec/%.c
	$(call say,CC $<)
	@mkdir -p $(@D)
	$Q$(CC) $(ALL_CFLAGS) $$(CC="$(CC)" scripts/flags --cflags $(NEEDS_$*) zlib | \
		sed 's/-I/-isystem /g') -MMD -MP -c -o $@ $<

# What a library tells in C++ alone. gcc and clang know the language by the
# name of the file. Poppler is built without a sanitizer, so no object of its
# classes is known to one (vptr); clang would need a runtime more (function).
CXX_FLAGS = -std=c++20 $(filter-out -std=% -Wstrict-prototypes \
	-Wmissing-prototypes,$(ALL_CFLAGS)) -fno-sanitize=vptr \
	$(if $(findstring clang,$(CC)),-fno-sanitize=function)
$B/libexec/bud-read-pdf $B/fuzz/pdf: CXX_LIBS = -lstdc++ -lm

$B/obj/libexec/%.o: tools/libexec/%.cc
	$(call say,CXX $<)
	@mkdir -p $(@D)
	$Q$(CC) $(CXX_FLAGS) $$(CC="$(CC)" scripts/flags --cflags $(NEEDS_$*) | \
		sed 's/-I/-isystem /g') -MMD -MP -c -o $@ $<

$B/libexec.a: $(READER_OBJ)
	$(call say,AR $@)
	@rm -f $@
	$Q$(AR) rcs $@ $^

$B/libexec/bud-%: $B/obj/libexec/bud-%.o $B/libexec.a $B/libbud.a
	$(call say,LD $@)
	@mkdir -p $(@D)
	$Q$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ \
		$$(CC="$(CC)" scripts/flags --libs $(NEEDS_bud-$*) zlib) \
		$(CXX_LIBS) -lseccomp $(LIBS)

$B/libbud.a: $(LIB_OBJ)
	$(call say,AR $@)
	@rm -f $@
	$Q$(AR) rcs $@ $^

$B/obj/%.o: tools/%.c
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$B/obj/unit/%.o: tests/unit/%.c
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

define UNIT_RULE
$B/unit/$(1): $(patsubst tests/unit/%.c,$B/obj/unit/%.o,\
	$(wildcard tests/unit/$(1)/*.c)) $B/libexec.a $B/libbud.a
	@mkdir -p $$(@D)
	$$(call say,LD $$@)
	$Q$$(CC) $$(ALL_CFLAGS) $$(LDFLAGS) -o $$@ $$^ -lseccomp $$(LIBS) \
		-lcriterion
endef
$(foreach room,$(UNITS:$B/unit/%=%),$(eval $(call UNIT_RULE,$(room))))

$B/obj/share.S: scripts/embed $(SHARE)
	@mkdir -p $(@D)
	$(call say,EMBED share)
	$Qscripts/embed share $@

$B/obj/share.o: $B/obj/share.S
	$Q$(CC) -c -o $@ $<

$B/vocabulary: $B/obj/generate/vocabulary.o $(LEXICON_OBJ)
	$(call say,LD $@)
	$Q$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$B/rules: $B/obj/generate/rules.o $(RULES_OBJ)
	$(call say,LD $@)
	$Q$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$B/obj/vocabulary.c $B/obj/rules.c: $B/obj/%.c: $B/%
	$(call say,GENERATE $@)
	$Q$< >$@.tmp && mv $@.tmp $@

$B/obj/vocabulary.o $B/obj/rules.o: %.o: %.c
	$Q$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$B/man/man7/bud-messages.7: share/man/man7/bud-messages.7.in share/messages.tsv \
		scripts/man-messages
	@mkdir -p $(@D)
	$Qscripts/man-messages share/messages.tsv $< >$@.tmp && mv $@.tmp $@

-include $(shell find $B -name '*.d' -type f ! -path '*/deb/*' 2>/dev/null)

units: $(UNITS)

$B/mutate: $B/obj/mutate.o $B/libbud.a
	$(call say,LD $@)
	$Q$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$B/obj/mutate.o: tests/mutate/mutate.c
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Everything that tests/run needs, without the packages and without running.
test-programs: all units fuzz-targets $B/mutate $B/bench/run $B/bench/empty \
		$B/fault.so $B/planted/bud-read-html
	@:

test:
	@scripts/setup build test bundle cluster
	$(SUBMAKE) test-programs
	@tests/run $B

test-asan:
	@scripts/setup build test
	$(SUBMAKE) B=build-asan CFLAGS='-g -O1 $(SANITIZE)' \
		LDFLAGS='$(SANITIZE)' test-programs
	@tests/run build-asan

bundle: all
	@scripts/setup build bundle
	@scripts/cluster/bundle $B $B/bundle.tar.gz

test-cluster:
	@scripts/setup build bundle cluster
	$(SUBMAKE) all
	@/usr/bin/python3 tests/cluster/run $B
	@tests/hosts $B

test-browser:
	@scripts/setup build browser
	@$(MAKE) --no-print-directory all
	@tests/browser/run $B

test-reproducible:
	@scripts/setup build
	@tests/reproducible

test-valgrind:
	@scripts/setup build test valgrind
	$(SUBMAKE) all
	@scripts/golden --valgrind $B

# A fuzz target, on inputs that are kept: what `make test` runs. With clang,
# libFuzzer takes the place of FUZZ_MAIN (scripts/fuzz).
$B/obj/fuzz/%.o: tests/fuzz/%.c
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(CC) $(ALL_CFLAGS) -Itests/fuzz $$(pkg-config --cflags \
		$(NEEDS_bud-read-$(*:fuzz_%=%)) zlib | sed 's/-I/-isystem /g') \
		-MMD -MP -c -o $@ $<

# What they share, of which each takes what it needs: less to look through after
# each input, and what was explored is no other program for a change elsewhere.
$B/libfuzz.a: $(FUZZ_SHARED:%=$B/obj/fuzz/%.o)
	$(call say,AR $@)
	@rm -f $@
	$Q$(AR) rcs $@ $^

$B/fuzz/%: $B/obj/fuzz/fuzz_%.o $(FUZZ_MAIN) $B/libfuzz.a $B/libexec.a \
		$B/libbud.a
	@mkdir -p $(@D)
	$(call say,LD $@)
	$Q$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(FUZZ_FLAGS) -o $@ $^ $$(pkg-config \
		--libs $(NEEDS_bud-read-$*) zlib) $(CXX_LIBS) $(LIBS)

fuzz-targets: $(FUZZ)
	@:

analyze:
	@scripts/setup build analyze
	@scripts/analyze

# MINUTES=1 each by default, TARGETS all of them.
fuzz:
	@scripts/setup build fuzz
	@ROUNDS=$(or $(ROUNDS),1) scripts/fuzz $(or $(MINUTES),1) $(or $(TARGETS),$(FUZZ:$B/fuzz/%=%))

# A reader that was taken over, and tries what its cage forbids.
$B/planted/bud-read-html: tests/planted/planted.c $B/libexec.a $B/libbud.a
	$(call say,LD $@)
	@mkdir -p $(@D)
	$Q$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ -lseccomp $(LIBS)

# Preloaded; no sanitizer would bear it.
$B/fault.so: tests/faults/fault.c
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(CC) -std=c17 -D_GNU_SOURCE $(WARN) -Wno-pedantic -O1 -g -shared -fPIC \
		-o $@ $<

$B/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	$(call say,CC $<)
	$Q$(CC) -std=c17 -D_GNU_SOURCE $(WARN) -O2 -o $@ $<

mutate:
	@scripts/setup build
	$(SUBMAKE) all $B/mutate
	@/usr/bin/python3 tests/mutants $B --all --every $(or $(EVERY),1)

load:
	@scripts/setup build
	$(SUBMAKE) all
	@nice /usr/bin/python3 tests/load $B $(or $(DOCUMENTS),100000)

bench:
	@scripts/setup build $(if $(SHORT),,bench)
	$(SUBMAKE) all $B/bench/run $B/bench/empty
	@scripts/bench $B $(if $(SHORT),--short) $(PARTS)

demo:
	@scripts/setup build demo
	$(SUBMAKE) all
	@scripts/demo $B

accept:
	@test -n '$(CASE)' || { echo 'usage: make accept CASE=NAME'; exit 2; }
	$(SUBMAKE) all
	@scripts/golden --accept $B $(CASE)

check-arrows:
	@scripts/check-arrows

score:
	$(SUBMAKE) all
	@scripts/score $B

install: all
	$QDESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' scripts/install $B

uninstall:
	$QDESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' scripts/install --remove $B

deb:
	@scripts/setup build deb
	@scripts/deb $B

clean:
	rm -rf build build-asan build-clang build-fuzz

.PHONY: all units test-programs test test-asan test-reproducible test-browser test-valgrind \
	test-cluster bundle demo load bench fuzz analyze fuzz-targets accept check-arrows \
	score install uninstall deb clean
.SECONDARY:
