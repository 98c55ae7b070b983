/* The C library's iconv converts; only the sets below are ever asked of it. */
#include "source/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum {
	HEAD = 4096,
	BAD_PER = 500,  /* bytes for one bad one */
	ZERO_PER = 100, /* for a zero that is no half of a character */
};

struct set {
	const char *name, *iconv;
	const char *aliases; /* separated by blanks */
};

static const struct set UTF8 = {"UTF-8", NULL, "utf-8 utf8"};
static const struct set UTF32LE = {"UTF-32LE", "UTF-32LE", "utf-32 utf-32le"};
static const struct set UTF32BE = {"UTF-32BE", "UTF-32BE", "utf-32be"};
static const struct set UTF16LE = {"UTF-16LE", "UTF-16LE", "utf-16 utf-16le"};
static const struct set UTF16BE = {"UTF-16BE", "UTF-16BE", "utf-16be"};
static const struct set GB18030 = {"GB18030", "GB18030",
				   "gb18030 gbk gb2312 gb_2312-80 cp936 "
				   "x-gbk euc-cn windows-936"};
static const struct set BIG5 = {"Big5", "BIG5-HKSCS",
				"big5 big5-hkscs cp950 x-big5"};

/* Whether bad bytes of n are few enough for a text. */
static bool is_rare(size_t bad, size_t n)
{
	return bad * BAD_PER <= n + BAD_PER;
}

/* UTF-8 with bad bytes. Not by iconv, which takes what is beyond Unicode. */
static size_t mend(struct str bytes, struct buf *out)
{
	size_t at = 0, bad = 0;

	buf_clear(out);
	while (at < bytes.n && is_rare(bad, bytes.n)) {
		size_t start = at;
		uint32_t cp = utf8_next(bytes, &at);

		bad += cp == UTF8_REPLACEMENT && at - start == 1;
		buf_put_codepoint(out, cp);
	}
	return at < bytes.n ? SIZE_MAX : bad;
}

/* Converts; the bytes that did not fit, SIZE_MAX where all is hopeless. */
static size_t convert(const struct set *set, struct str bytes, struct buf *out)
{
	iconv_t cd;
	char *in = (char *)(uintptr_t)bytes.p;
	size_t left = bytes.n, bad = 0;

	if (set == &UTF8)
		return mend(bytes, out);
	cd = iconv_open("UTF-8", set->iconv);
	if (cd == (iconv_t)-1)
		return SIZE_MAX;
	buf_clear(out);
	while (left && is_rare(bad, bytes.n)) {
		char *to;
		size_t room = left * 2 + 64;

		buf_reserve(out, room);
		to = out->p + out->n;
		if (iconv(cd, &in, &left, &to, &room) == (size_t)-1 &&
		    errno != E2BIG) {
			out->n = (size_t)(to - out->p);
			buf_put_codepoint(out, UTF8_REPLACEMENT);
			in++;
			left--;
			bad++;
			continue;
		}
		out->n = (size_t)(to - out->p);
	}
	iconv_close(cd);
	return left ? SIZE_MAX : bad;
}

/* How often the commonest characters of such documents occur. */
static size_t count_common(struct str utf8)
{
	static const char *const COMMON[] = {
		"年", "的", "元", "支", "出", "收", "入", "算", "公", "用",
		"部", "一", "和", "预", "預", "万", "萬", "财", "財", "务",
		"務", "单", "單", "位", "项", "項", "目", "费", "費", "为",
	};
	size_t n = 0;

	for (size_t i = 0; i + 2 < utf8.n; i++) {
		if ((utf8.p[i] & 0xF0) != 0xE0)
			continue;
		for (size_t k = 0; k < sizeof COMMON / sizeof *COMMON; k++)
			if (!memcmp(utf8.p + i, COMMON[k], 3)) {
				n++;
				break;
			}
	}
	return n;
}

static const struct set *find_set(struct str name)
{
	static const struct set *const SETS[] = {&UTF8,	   &UTF16LE, &UTF16BE,
						 &UTF32LE, &UTF32BE, &GB18030,
						 &BIG5};

	for (size_t i = 0; i < sizeof SETS / sizeof *SETS; i++) {
		struct str rest = str_of(SETS[i]->aliases), alias;

		while (str_split(&rest, ' ', &alias))
			if (alias.n == name.n &&
			    !strncasecmp(alias.p, name.p, alias.n))
				return SETS[i];
	}
	return NULL;
}

static size_t count_zeros(struct str s, size_t from)
{
	size_t n = 0;

	for (size_t i = from; i < s.n; i += 2)
		n += !s.p[i];
	return n;
}

/* By its mark, or by the zeros in every other byte; *skip is the mark. */
static const struct set *find_wide(struct str s, size_t *skip)
{
	struct str head = str_slice(s, 0, HEAD);
	bool zeros = head.n && memchr(head.p, 0, head.n);
	size_t even = zeros ? count_zeros(head, 0) : 0,
	       odd = zeros ? count_zeros(head, 1) : 0;

	*skip = 4;
	if (str_starts(s, STR("\xff\xfe\0\0")))
		return &UTF32LE;
	if (str_starts(s, STR("\0\0\xfe\xff")))
		return &UTF32BE;
	*skip = 0;
	if (str_starts(s, STR("\xff\xfe")) || str_starts(s, STR("\xfe\xff"))) {
		*skip = 2;
		return s.p[0] == '\xff' ? &UTF16LE : &UTF16BE;
	}
	/* Digits, blanks and line ends have a zero on one side. */
	if (odd > 8 && odd > even * 8)
		return &UTF16LE;
	return even > 8 && even > odd * 8 ? &UTF16BE : NULL;
}

static bool take(struct arena *a, const struct set *set, struct buf *text,
		 struct str *utf8, const char **name)
{
	*utf8 = str_copy(a, buf_str(text));
	*name = set->name;
	return true;
}

/* The better one of GB18030 and Big5, if any. */
static const struct set *guess(struct str bytes, struct buf *text)
{
	struct buf other = {0};
	size_t bad = convert(&GB18030, bytes, text);
	size_t bad_other = convert(&BIG5, bytes, &other);
	const struct set *best = bad == SIZE_MAX ? NULL : &GB18030;

	if (bad_other != SIZE_MAX &&
	    (!best ||
	     count_common(buf_str(&other)) > count_common(buf_str(text)))) {
		buf_clear(text);
		buf_put_str(text, buf_str(&other));
		best = &BIG5;
	}
	buf_release(&other);
	return best;
}

/* A few zeros in a text become blanks; where there are many, it is none. */
static bool blank_zeros(struct arena *a, struct str *s)
{
	size_t zeros = 0;
	char *copy;

	if (!s->n || !memchr(s->p, 0, s->n))
		return true;
	for (size_t i = 0; i < s->n; i++)
		zeros += !s->p[i];
	if (zeros * ZERO_PER > s->n)
		return false;
	*s = str_copy(a, *s);
	copy = (char *)(uintptr_t)s->p;
	for (size_t i = 0; i < s->n; i++)
		if (!copy[i])
			copy[i] = ' ';
	return true;
}

bool charset_decode(struct arena *a, struct str bytes, struct str declared,
		    struct str *utf8, const char **name)
{
	const struct set *set;
	struct buf text = {0};
	size_t skip;
	bool done = true;

	*utf8 = bytes;
	*name = UTF8.name;
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		bytes = *utf8 = str_slice(bytes, 3, bytes.n);
	set = find_wide(bytes, &skip);
	if (!set && !blank_zeros(a, &bytes))
		return false;
	*utf8 = bytes;
	if (!set && utf8_find_invalid(bytes) == SIZE_MAX)
		return true;
	if (!set)
		set = find_set(declared);
	if (set && convert(set, str_slice(bytes, skip, bytes.n), &text) !=
			   SIZE_MAX)
		done = take(a, set, &text, utf8, name);
	else if (convert(&UTF8, bytes, &text) != SIZE_MAX)
		done = take(a, &UTF8, &text, utf8, name);
	else if ((set = guess(bytes, &text)))
		done = take(a, set, &text, utf8, name);
	else
		done = false;
	buf_release(&text);
	return done && blank_zeros(a, utf8);
}

struct str charset_find_declared(struct str bytes)
{
	static const char *const KEYS[] = {"charset=", "encoding="};
	struct str head = str_slice(bytes, 0, HEAD);

	for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++) {
		size_t n = strlen(KEYS[k]);

		for (size_t i = 0; i + n < head.n; i++) {
			size_t from = i + n, to;

			if (strncasecmp(head.p + i, KEYS[k], n))
				continue;
			while (from < head.n && strchr("\"' ", head.p[from]))
				from++;
			for (to = from; to < head.n; to++)
				if (strchr("\"' >/?;", head.p[to]))
					break;
			return str_slice(head, from, to);
		}
	}
	return (struct str){NULL, 0};
}
