# bud.mk: a Makefile that reads and checks only the documents that changed.
#
#   make -f bud.mk            DOCUMENTS=inbox REPORT=report.html by default
#   make -f bud.mk -j8        as many at a time as there are processors
#
# Each document becomes records of its own, in RECORDS; the report is made
# anew where one of them changed. Names of files must have no blanks.
DOCUMENTS = inbox
RECORDS = records
REPORT = report.html

files := $(shell find $(DOCUMENTS) -type f ! -name '.*' | LC_ALL=C sort)
records := $(files:$(DOCUMENTS)/%=$(RECORDS)/%.ndjson)

$(REPORT): $(records)
	cat /dev/null $(records) | bud-diff | bud-render -o $@

# A document that cannot be read (3) is no reason to stop: its trouble record
# is in the report.
$(RECORDS)/%.ndjson: $(DOCUMENTS)/%
	@mkdir -p $(@D)
	bud-parse $< >$@.tmp || test $$? -eq 3
	bud-check $@.tmp >$@
	@rm $@.tmp

.DELETE_ON_ERROR:
