/* See wording.h. */
#include "check/wording.h"

/*
 * Whether the words of a fact in prose begin with the name of an office that
 * is not the document's: "局本级会议费", "湖山市档案馆公用经费".
 */
static bool names_unit(const struct check_facts *fs, const struct check_fact *f)
{
	static const struct str ENDS[] = {
		STR_INIT("本级"),   STR_INIT("局机关"), STR_INIT("委机关"),
		STR_INIT("研究院"), STR_INIT("科学院"), STR_INIT("中心"),
		STR_INIT("事务所"), STR_INIT("研究所"), STR_INIT("管理所"),
		STR_INIT("支队"),   STR_INIT("总队"),   STR_INIT("大队"),
		STR_INIT("学校"),   STR_INIT("学院"),   STR_INIT("医院"),
		STR_INIT("档案馆"), STR_INIT("图书馆"), STR_INIT("博物馆"),
		STR_INIT("服务站"), STR_INIT("管理站"), STR_INIT("管理处"),
	};
	static const struct str YEAR = STR_INIT("年");
	enum { LONGEST_NAME = 60 };
	struct str text = f->f.text, name;
	size_t year = str_find(str_slice(text, 0, LONGEST_NAME), YEAR);

	if (f->table)
		return false;
	if (year != SIZE_MAX)
		text = str_slice(text, year + YEAR.n, text.n);
	for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
		size_t at = str_find(str_slice(text, 0, LONGEST_NAME), ENDS[i]);

		if (at == SIZE_MAX)
			continue;
		name = str_slice(text, 0, at + ENDS[i].n);
		if (str_find(name, STR("本部门")) == SIZE_MAX &&
		    str_find(name, STR("本单位")) == SIZE_MAX &&
		    str_find(fs->entity, name) == SIZE_MAX &&
		    (!fs->entity.n || str_find(name, fs->entity) == SIZE_MAX))
			return true;
	}
	return false;
}

/* The words of a template that left a choice open: what they say is in doubt. */
static bool is_open_choice(const struct check_fact *f)
{
	static const struct str CHOICES[] = {
		STR_INIT("（减少）"), STR_INIT("（增加）"), STR_INIT("（下降）"),
		STR_INIT("（增长）"), STR_INIT("(减少)"),   STR_INIT("(增加)"),
		STR_INIT("(下降)"),   STR_INIT("(增长)"),
	};

	for (size_t i = 0; i < sizeof CHOICES / sizeof *CHOICES; i++)
		if (str_find(f->f.text, CHOICES[i]) != SIZE_MAX)
			return true;
	return false;
}

/*
 * Whether the words go on from a class: "机关商品和服务支出（502）996.33万元，
 * 其中：专项业务费…，日常公用经费109.15万元" is a part of the class, though
 * the sentence has turned to other years and things before it says so.
 */
static bool goes_on_from_class(const struct check_facts *fs,
			       const struct check_fact *f)
{
	enum { A_LINE_OR_TWO = 240 }; /* bytes */

	if (f->table || !f->index || f->f.at.function.n ||
	    f->f.at.economic.n ||
	    str_find(f->f.at.nature, STR(".")) == SIZE_MAX)
		return false;
	for (size_t i = f->index; i > 0; i--) {
		const struct check_fact *o = fs->list[i - 1];

		if (o->table || o->section != f->section ||
		    o->f.span_end + A_LINE_OR_TWO < f->f.span_start)
			return false;
		if (o->at[DIM_NATURE] == f->at[DIM_NATURE] &&
		    o->at[DIM_ITEM] == f->at[DIM_ITEM])
			return o->f.at.function.n || o->f.at.economic.n;
	}
	return false;
}

bool wording_is_of_another(const struct check_facts *fs,
			   const struct check_fact *f)
{
	return names_unit(fs, f) || is_open_choice(f) ||
	       goes_on_from_class(fs, f);
}
