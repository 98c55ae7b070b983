/*
 * An output device is what Poppler has a page drawn by. This one lets the
 * device of pdftotext collect the characters, and notes paths on their way.
 * Of Poppler it uses what 22.12, 24.02 and 25.03 declare alike.
 */
#include "libexec/pdf.h"

#include <algorithm>
#include <cmath>
#include <new>

#include <Error.h>
#include <ErrorCodes.h>
#include <GfxState.h>
#include <GlobalParams.h>
#include <PDFDoc.h>
#include <Stream.h>
#include <TextOutputDev.h>

namespace
{

const double RESOLUTION = 72; /* pixels are points */
const double WHITE = 250.0 / 255;
const double INVISIBLE = 0.02; /* opacity */
const double LIFT = 0.05;      /* above the base line, in em */
const int NOT_PAINTED = 3;     /* as text is rendered; 7: and clips */

struct box {
	double x0, y0, x1, y1;
};

/* White on white is no line that a reader would see. */
bool is_visible(const GfxRGB &c, double opacity)
{
	return opacity > INVISIBLE &&
	       colToDbl(c.r) + colToDbl(c.g) + colToDbl(c.b) < 3 * WHITE;
}

class device final : public TextOutputDev
{
public:
	const pdf_sink *sink = nullptr;
	bool show_hidden = false; /* what is clipped away too */
	size_t n_hidden = 0, n_shown = 0;

	device() : TextOutputDev(nullptr, true, 0, false, false)
	{
	}

	bool needNonText() override
	{
		return true;
	}

	void stroke(GfxState *state) override
	{
		GfxRGB color;

		state->getStrokeRGB(&color);
		if (is_visible(color, state->getStrokeOpacity()))
			note_lines(state);
	}

	void fill(GfxState *state) override
	{
		if (shows_fill(state))
			note_boxes(state);
	}

	void eoFill(GfxState *state) override
	{
		fill(state);
	}

	/* A pattern or a shading fills all that is not clipped away. */

	bool useTilingPatternFill() override
	{
		return true;
	}

	bool tilingPatternFill(GfxState *state, Gfx *, Catalog *,
			       GfxTilingPattern *, const double *, int, int,
			       int, int, double, double) override
	{
		return note_clip(state);
	}

	bool useShadedFills(int) override
	{
		return true;
	}

	bool functionShadedFill(GfxState *state, GfxFunctionShading *) override
	{
		return note_clip(state);
	}

	bool axialShadedFill(GfxState *state, GfxAxialShading *, double,
			     double) override
	{
		return note_clip(state);
	}

	bool radialShadedFill(GfxState *state, GfxRadialShading *, double,
			      double) override
	{
		return note_clip(state);
	}

	bool gouraudTriangleShadedFill(GfxState *state,
				       GfxGouraudTriangleShading *) override
	{
		return note_clip(state);
	}

	bool patchMeshShadedFill(GfxState *state,
				 GfxPatchMeshShading *) override
	{
		return note_clip(state);
	}

	/* Some programs draw a line as a single pixel, to be stretched. */
	void drawImageMask(GfxState *state, Object *ref, Stream *str,
			   int width, int height, bool invert,
			   bool interpolate, bool is_inline) override
	{
		if (width != 1 || height != 1)
			TextOutputDev::drawImageMask(state, ref, str, width,
						     height, invert,
						     interpolate, is_inline);
		else if (is_painted(str, invert) && shows_fill(state))
			note(state, {0, 0, 1, 1});
	}

	void drawChar(GfxState *state, double x, double y, double dx, double dy,
		      double origin_x, double origin_y, CharCode code,
		      int n_bytes, const Unicode *u, int n) override
	{
		bool hidden = is_hidden(state, x - origin_x, y - origin_y);

		n_hidden += hidden;
		n_shown += !hidden;
		if (!hidden || show_hidden)
			TextOutputDev::drawChar(state, x, y, dx, dy, origin_x,
						origin_y, code, n_bytes, u, n);
	}

private:
	static bool shows_fill(GfxState *state)
	{
		GfxRGB color;

		state->getFillRGB(&color);
		return is_visible(color, state->getFillOpacity());
	}

	static bool is_painted(Stream *str, bool invert)
	{
		ImageStream image(str, 1, 1, 1);
		unsigned char pixel = 0;

		(void)image.reset(); /* a bool since 25 */
		image.getPixel(&pixel);
		image.close();
		return (pixel != 0) == invert;
	}

	static box clip_of(GfxState *state)
	{
		box b;

		state->getClipBBox(&b.x0, &b.y0, &b.x1, &b.y1);
		return b;
	}

	/*
	 * Programs that cut a long table into pages draw a cell on both of
	 * them and clip it: what nobody sees on this page stands on the other
	 * one. The left end of the base line tells which; on the very edge it
	 * is rather on both than on none. A label that is cut at the edge of
	 * its column is read whole.
	 */
	static bool is_hidden(GfxState *state, double x, double y)
	{
		const double *m = state->getTextMat();
		double lift = LIFT * state->getFontSize();
		box clip = clip_of(state);
		double dx, dy;

		if ((state->getRender() & NOT_PAINTED) == NOT_PAINTED)
			return false;
		state->transform(x, y, &x, &y);
		state->transformDelta(m[2] * lift, m[3] * lift, &dx, &dy);
		y += dy;
		return y < std::floor(clip.y0) || y > std::ceil(clip.y1) ||
		       std::floor(clip.x0) >= std::ceil(clip.x1);
	}

	/* Clipping often cuts a wide area down to the line that is meant. */
	void note(GfxState *state, const box &b)
	{
		box clip = clip_of(state), d;

		state->transform(b.x0, b.y0, &d.x0, &d.y0);
		state->transform(b.x1, b.y1, &d.x1, &d.y1);
		clip.x0 = std::max(clip.x0, std::min(d.x0, d.x1));
		clip.y0 = std::max(clip.y0, std::min(d.y0, d.y1));
		clip.x1 = std::min(clip.x1, std::max(d.x0, d.x1));
		clip.y1 = std::min(clip.y1, std::max(d.y0, d.y1));
		if (clip.x0 <= clip.x1 && clip.y0 <= clip.y1)
			sink->add_line(sink->to, clip.x0, clip.y0, clip.x1,
				       clip.y1);
	}

	bool note_clip(GfxState *state)
	{
		box b = clip_of(state);

		if (b.x0 <= b.x1 && b.y0 <= b.y1)
			sink->add_line(sink->to, b.x0, b.y0, b.x1, b.y1);
		return true;
	}

	/* A curve has three points, the last of which it goes to. */
	void note_lines(GfxState *state)
	{
		const GfxPath *path = state->getPath();

		for (int i = 0; i < path->getNumSubpaths(); i++) {
			const GfxSubpath *s = path->getSubpath(i);

			for (int k = 1; k < s->getNumPoints(); k++) {
				if (s->getCurve(k))
					k += 2;
				else
					note(state, {s->getX(k - 1),
						     s->getY(k - 1), s->getX(k),
						     s->getY(k)});
			}
		}
	}

	/* Each part of the path as its box; what has a curve is no border. */
	void note_boxes(GfxState *state)
	{
		const GfxPath *path = state->getPath();

		for (int i = 0; i < path->getNumSubpaths(); i++) {
			const GfxSubpath *s = path->getSubpath(i);
			box b = {s->getX(0), s->getY(0), s->getX(0),
				 s->getY(0)};
			int k = 1;

			for (; k < s->getNumPoints() && !s->getCurve(k); k++) {
				b.x0 = std::min(b.x0, s->getX(k));
				b.y0 = std::min(b.y0, s->getY(k));
				b.x1 = std::max(b.x1, s->getX(k));
				b.y1 = std::max(b.y1, s->getY(k));
			}
			if (k > 1 && k == s->getNumPoints())
				note(state, b);
		}
	}
};

/* What is wrong in a document that can be read is not told. */
void ignore_error(ErrorCategory, Goffset, const char *)
{
}

void put_word(const pdf_sink *sink, const TextWord *word)
{
	for (int i = 0; i < word->getLength(); i++) {
		box b;

		word->getCharBBox(i, &b.x0, &b.y0, &b.x1, &b.y1);
		sink->add_char(sink->to, *word->getChar(i), b.x0, b.y0, b.x1,
			       b.y1);
	}
}

void put_block(const pdf_sink *sink, const TextBlock *block)
{
	for (auto line = block->getLines(); line; line = line->getNext())
		for (auto w = line->getWords(); w; w = w->getNext())
			put_word(sink, w);
}

} // namespace

struct pdf {
	GlobalParamsIniter params{ignore_error};
	PDFDoc file;
	device out;

	pdf(const char *bytes, size_t n)
	    : file(new MemStream(bytes, 0, static_cast<Goffset>(n),
				 Object(objNull)))
	{
	}

	void draw(int number)
	{
		out.n_hidden = out.n_shown = 0;
		file.displayPage(&out, number, RESOLUTION, RESOLUTION, 0, false,
				 true, false);
	}
};

enum pdf_status pdf_open(const char *bytes, size_t n, struct pdf **document)
try {
	pdf *d = new pdf(bytes, n);

	*document = d;
	if (d->file.isOk())
		return PDF_OK;
	return d->file.getErrorCode() == errEncrypted ? PDF_ENCRYPTED
						      : PDF_DAMAGED;
} catch (const std::bad_alloc &) {
	return PDF_NO_MEMORY;
}

int pdf_count_pages(struct pdf *document)
{
	return document->file.getNumPages();
}

enum pdf_status pdf_read_page(struct pdf *document, int number,
			      const struct pdf_sink *sink)
try {
	device &out = document->out;

	if (!document->file.getPage(number))
		return PDF_OK;
	out.sink = sink;
	out.show_hidden = false;
	document->draw(number);
	/* Where a page would be empty, its clipping is not to be trusted; that
	 * the lines come twice does no harm. */
	if (out.n_hidden && !out.n_shown) {
		out.show_hidden = true;
		document->draw(number);
	}
	for (auto flow = out.getFlows(); flow; flow = flow->getNext())
		for (auto b = flow->getBlocks(); b; b = b->getNext())
			put_block(sink, b);
	return PDF_OK;
} catch (const std::bad_alloc &) {
	return PDF_NO_MEMORY;
}
