/* See records.h. */
#include "parse/records.h"

void records_write(struct buf *out, struct extract_result *r,
		   struct record_known *known)
{
	struct str doc = r->document.doc;
	size_t i = 0, k = 0;

	while (i < r->n_facts || k < r->n_residues) {
		bool fact = k == r->n_residues ||
			    (i < r->n_facts &&
			     r->facts[i].n < r->residues[k].n);

		if (fact) {
			r->facts[i].doc = doc;
			record_write_fact(out, &r->facts[i++], known);
		} else {
			r->residues[k].doc = doc;
			record_write_residue(out, &r->residues[k++], known);
		}
		buf_putc(out, '\n');
	}
	for (i = 0; i < r->n_marks; i++) {
		r->marks[i].doc = doc;
		record_write_mark(out, &r->marks[i], known);
		buf_putc(out, '\n');
	}
}
