/*
 * Magic numbers first. A ZIP archive is told by the names of its members,
 * which stand uncompressed in it; HTML by a tag near its beginning, a saved page
 * by the lines of its head.
 */
#include "source/sniff.h"

#include <string.h>

enum { HEAD = 4096 };

static struct str head(struct str s, size_t n)
{
	return str_slice(s, 0, n);
}

static bool has(struct str s, const char *word)
{
	return str_find(s, str_of(word)) != SIZE_MAX;
}

/* In ASCII letters of any case, also where they are two bytes wide. */
static bool has_tag(struct str s, const char *tag)
{
	size_t n = strlen(tag);

	for (size_t step = 1; step <= 2; step++)
		for (size_t i = 0; i + n * step <= s.n; i++) {
			size_t k = 0;

			while (k < n && (s.p[i + k * step] | 0x20) ==
						(tag[k] | 0x20))
				k++;
			if (k == n)
				return true;
		}
	return false;
}

static bool is_html(struct str s)
{
	/* A piece of a page may begin with any of its elements. */
	static const char *const TAGS[] = {
		"<!doctype html", "<html", "<head", "<body", "<table", "<div",
		"<meta", "<script", "<style", "<title", "<link", "<p>", "<p ",
		"<p\r", "<p\n", "<pre>", "<h1", "<h2", "<h3", "<h4", "<span",
		"<font", "<center", "<section", "<article", "<ul", "<ol", "<dl",
		"<strong", "<b>", "<br", "<hr", "<form", "<a href", "<img",
	};
	struct str t = head(s, HEAD);
	size_t i = 0;

	while (i < t.n && strchr("\xef\xbb\xbf\xff\xfe \t\r\n", t.p[i]))
		i++;
	if (i == t.n || t.p[i] != '<')
		return false;
	for (size_t k = 0; k < sizeof TAGS / sizeof *TAGS; k++)
		if (has_tag(t, TAGS[k]))
			return true;
	return false;
}

/* The head of a message: lines "Name: value", one of them MIME-Version. */
static bool is_mht(struct str s)
{
	struct str t = head(s, HEAD);
	size_t i = 0;

	while (i < t.n && strchr("\xef\xbb\xbf \t\r\n", t.p[i]))
		i++;
	t = str_slice(t, i, t.n);
	for (i = 0; i < t.n && ((t.p[i] | 0x20) >= 'a' || t.p[i] == '-'); i++)
		if ((t.p[i] | 0x20) > 'z')
			return false;
	return i && i < t.n && t.p[i] == ':' && has_tag(t, "mime-version:") &&
	       (has_tag(t, "multipart/related") || has_tag(t, "text/html"));
}

static enum source_format zip_format(struct str s)
{
	if (has(s, "word/document.xml"))
		return FORMAT_DOCX;
	if (has(s, "xl/workbook.xml"))
		return FORMAT_XLSX;
	if (has(s, "OFD.xml"))
		return FORMAT_OFD;
	if (*sniff_office(s))
		return FORMAT_OFFICE;
	return FORMAT_ZIP;
}

static bool is_image(struct str s)
{
	return str_starts(s, STR("\x89PNG")) ||
	       str_starts(s, STR("\xff\xd8\xff")) ||
	       str_starts(s, STR("GIF8")) || str_starts(s, STR("II*\0")) ||
	       str_starts(s, STR("MM\0*"));
}

/* Names of streams in a compound file are UTF-16. */
static bool holds_workbook(struct str s)
{
	return str_find(s, STR("W\0o\0r\0k\0b\0o\0o\0k")) != SIZE_MAX ||
	       str_find(s, STR("B\0o\0o\0k\0\0")) != SIZE_MAX;
}

const char *sniff_office(struct str s)
{
	struct str t = head(s, HEAD);

	if (str_starts(s, STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
		return holds_workbook(s) ? "xls" : "doc";
	if (str_starts(t, STR("{\\rtf")))
		return "rtf";
	if (has(t, "opendocument.text"))
		return "odt";
	if (has(t, "opendocument.spreadsheet"))
		return "ods";
	if (has(t, "urn:schemas-microsoft-com:office:spreadsheet") &&
	    has(t, "<?xml"))
		return "xml";
	return "";
}

bool sniff_may_be_archive(struct str s)
{
	return str_starts(s, STR("PK")) || str_starts(s, STR("\x1f\x8b"));
}

enum source_format sniff_format(struct str s)
{
	if (has(head(s, 1024), "%PDF-"))
		return FORMAT_PDF;
	if (str_starts(s, STR("PK\3\4")))
		return zip_format(s);
	if (str_starts(s, STR("PK\5\6"))) /* the end of an archive, at once */
		return FORMAT_ZIP;
	if (str_starts(s, STR("\x1f\x8b")))
		return FORMAT_GZIP;
	if (*sniff_office(s))
		return FORMAT_OFFICE;
	if (is_image(s))
		return FORMAT_IMAGE;
	if (is_mht(s))
		return FORMAT_MHT;
	return is_html(s) ? FORMAT_HTML : FORMAT_TEXT;
}
