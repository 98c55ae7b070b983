/* LibreOffice is looked for as it is installed, without its wrapper script:
 * the wrapper would start it behind our back. */
#include "source/formats.h"

#include <stddef.h>
#include <unistd.h>

const struct source_kind SOURCE_KINDS[] = {
	{"txt", "text/plain", NULL},
	{"csv", "text/csv", NULL},
	{"tsv", "text/tab-separated-values", NULL},
	{"html,htm,shtml", "text/html", "bud-read-html"},
	{"mht,mhtml", "multipart/related", "bud-read-mht"},
	{"pdf", "application/pdf", "bud-read-pdf"},
	{"docx", "application/vnd.openxmlformats-officedocument."
		 "wordprocessingml.document", "bud-read-docx"},
	{"xlsx", "application/vnd.openxmlformats-officedocument."
		 "spreadsheetml.sheet", "bud-read-xlsx"},
	{"ofd", "application/ofd", "bud-read-ofd"},
	{"zip", "application/zip", "bud-read-zip"},
	{"gz", "application/gzip", NULL},
	{"doc,wps", "application/msword", SOURCE_CONVERTER},
	{"xls,et", "application/vnd.ms-excel", SOURCE_CONVERTER},
	{"rtf", "application/rtf", SOURCE_CONVERTER},
	{"odt", "application/vnd.oasis.opendocument.text", SOURCE_CONVERTER},
	{"ods", "application/vnd.oasis.opendocument.spreadsheet",
	 SOURCE_CONVERTER},
	{"xml", "application/xml", SOURCE_CONVERTER},
	{NULL, NULL, NULL},
};

const char *source_media(struct str extension)
{
	const struct source_kind *k = SOURCE_KINDS;

	while (k->media && !str_list_has(str_of(k->extensions), extension))
		k++;
	return k->media ? k->media : "application/octet-stream";
}

const char *source_find_office(void)
{
	static const char *const PATHS[] = {
		"/usr/lib/libreoffice/program/soffice.bin",
		"/usr/lib64/libreoffice/program/soffice.bin",
		"/opt/libreoffice/program/soffice.bin",
		"/usr/local/lib/libreoffice/program/soffice.bin",
	};

	for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++)
		if (!access(PATHS[i], X_OK))
			return PATHS[i];
	return NULL;
}
