/*
 * rules: prints the rules of share/, read by the loader of bud-check, as C, so
 * that it finds them ready.
 *
 * Every field of a structure is printed, in order and without its name: the
 * compiler then refuses what a new field would leave out.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "check/rule.h"
#include "generate/literal.h"

/* Nodes are numbered as they are printed: children before what joins them. */
struct nodes {
	size_t n;
	size_t anchor; /* number of the anchor of the formula */
	size_t last;   /* of its last term so far */
};

static void put_term(const struct term *t)
{
	printf("{{\n");
	for (int d = 0; d < DIMS; d++) {
		printf("{");
		put_str(t->at[d].pattern);
		printf("%" PRIu32 ", %d},\n", t->at[d].number, t->at[d].how);
	}
	printf("}, %u, %d, %d, %zu, %d}", t->matched, t->base, t->parts,
	       t->number, t->optional);
}

/* A number of a rule has 64 bits and no more. */
static long long narrow(ratio_wide w)
{
	if (w != (long long)w) {
		fprintf(stderr, "rules: a number is too large\n");
		exit(1);
	}
	return (long long)w;
}

static void put_link(const struct node *n, size_t number)
{
	if (n)
		printf("&nodes[%zu], ", number);
	else
		printf("0, ");
}

/* Returns its number. */
static size_t put_node(struct nodes *nodes, const struct node *n,
		       const struct node *anchor)
{
	size_t left = 0, right = 0;

	if (!n)
		return 0;
	left = put_node(nodes, n->left, anchor);
	right = put_node(nodes, n->right, anchor);
	printf("{%d, ", n->kind);
	put_link(n->left, left);
	put_link(n->right, right);
	put_link(n->before, nodes->last);
	printf("{%lld, %lld}, ", narrow(n->number.num), narrow(n->number.den));
	put_term(&n->term);
	printf("},\n");
	if (n == anchor)
		nodes->anchor = nodes->n;
	if (n->kind == NODE_TERM || n->kind == NODE_SUM)
		nodes->last = nodes->n;
	return nodes->n++;
}

/* The numbers of what a formula points to. */
struct links {
	size_t left, right, anchor, last;
};

/* The nodes of all formulas; where[] gets the links of each. */
static void put_nodes(const struct rules *rules, struct links *where)
{
	struct nodes nodes = {0};

	printf("static const struct node nodes[] = {\n");
	for (size_t i = 0; i < rules->n; i++)
		for (size_t k = 0; k < rules->list[i]->n_forms; k++) {
			const struct formula *f = &rules->list[i]->forms[k];

			where->left = put_node(&nodes, f->left, f->anchor);
			where->right = put_node(&nodes, f->right, f->anchor);
			where->anchor = nodes.anchor;
			where++->last = nodes.last;
		}
	printf("};\n");
}

static void put_forms(const struct rules *rules, const struct links *where)
{
	printf("static const struct formula forms[] = {\n");
	for (size_t i = 0; i < rules->n; i++)
		for (size_t k = 0; k < rules->list[i]->n_forms; k++, where++) {
			const struct formula *f = &rules->list[i]->forms[k];

			printf("{%d, ", f->relation);
			put_link(f->left, where->left);
			put_link(f->right, where->right);
			put_link(f->anchor, where->anchor);
			put_link(f->last, where->last);
			put_str(f->text);
			printf("%" PRIu32 ", %zu, %zu},\n", f->last_selector,
			       f->n_terms, f->first_term);
		}
	printf("};\n");
}

/* The lists of words of all rules, one behind the other. */
static void put_words(const struct rules *rules)
{
	printf("static const struct str words[] = {\n");
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = rules->list[i];

		for (size_t k = 0; k < r->n_complete; k++)
			put_str(r->complete[k]);
		for (size_t k = 0; k < r->n_except; k++)
			put_str(r->except[k]);
	}
	printf("{0, 0}};\n");
}

static void put_rule(const struct rule *r, size_t form, size_t word)
{
	printf("{");
	put_str(r->id);
	put_str(r->en);
	put_str(r->zh);
	put_str(r->basis);
	printf("%d, %d, %d, %d, %d, ", r->plain, r->level, r->zero,
	       r->from_year, r->to_year);
	put_str(r->regions);
	printf("%d, %d, %d, forms + %zu, %zu, words + %zu, %zu, "
	       "words + %zu, %zu,\n",
	       r->derive, r->wide, r->across, form, r->n_forms, word,
	       r->n_complete, word + r->n_complete, r->n_except);
	put_str(r->text);
	put_str(r->words);
	put_str(r->lacks);
	printf("%d, ", r->reason);
	put_str(r->section);
	put_str(r->years_of);
	put_str(r->entities_of);
	put_str(r->contents);
	printf("%d, ", r->document);
	put_str(r->kinds);
	put_str(r->unless);
	put_str(r->file);
	printf("%zu},\n", r->line);
}

static void put_rules(const struct rules *rules)
{
	size_t form = 0, word = 0;

	printf("static const struct rule rules[] = {\n");
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = rules->list[i];

		put_rule(r, form, word);
		form += r->n_forms;
		word += r->n_complete + r->n_except;
	}
	printf("};\nstatic const struct rule *const list[] = {\n");
	for (size_t i = 0; i < rules->n; i++)
		printf("&rules[%zu],\n", i);
	printf("};\nconst struct rules check_built_in = {"
	       "(const struct rule **)list, %zu, %zu, %" PRIu32 "};\n",
	       rules->n, rules->n, rules->n_selectors);
}

static void put_all(const struct rules *rules, struct arena *a)
{
	struct links *where;
	size_t n = 0;

	for (size_t i = 0; i < rules->n; i++)
		n += rules->list[i]->n_forms;
	where = ARENA_ARRAY(a, struct links, n);
	printf("#include \"check/rule.h\"\n");
	put_nodes(rules, where);
	put_forms(rules, where);
	put_words(rules);
	put_rules(rules);
}

static void say(void *ctx, struct str text)
{
	(void)ctx;
	fprintf(stderr, "rules: %.*s\n", STR_ARG(text));
}

int main(void)
{
	struct share share;
	struct messages messages = {.share = &share, .sink = say};
	struct rules rules = {0};
	struct arena arena = {0};
	int failed;

	share_open(&share, "");
	failed = check_read_rules(&rules, &arena, &messages);
	if (!failed)
		put_all(&rules, &arena);
	share_close(&share);
	arena_release(&arena);
	return failed || fflush(stdout) || ferror(stdout);
}
