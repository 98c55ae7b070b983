"""What is right in a file, said wrongly: each element and attribute of a package, each number of a list, each field of
a record, one at a time. A fuzzer would find most of it one by one, in hours."""
import re

# What stands in the place of an attribute's value, of a number, and of the value of a JSON field.
VALUES = ("", "0", "-1", "x", "1 ", "99999999999", "true", "A1:B2")
NUMBERS = ("", " ", "&#9;5", "&#13;&#10;,5", "5,6", "x", "5x", "1e999", "nan", "-7", "0." + "1" * 50, "9" * 45, "1e7")
JSON = (r'""', r'"x"', r'"\u4e34"', r'"\ud842\udfb7"', r'"\ud800"', r'"\ud800\u0041"', r'"\ud800x"', r'"\udc00"',
        r'"\uD842\uDFB7"', r'"\u00g0"', r'"\u00:0"', r'"\u00"', r'"\u0000"', r'"\q"', r'"\b\f\n\r\t\/\\\""', '"\x7f"',
        '"\\', '"', "0", "-0", "-", "01", "-1", "1.5", "1e3", "1E3", "9" * 18, "9" * 19, "-9223372036854775808",
        "9223372036854775808", "true", "false", "tru", "null", "nul", "[]", "[1]", "[1,2]", "[ 1 ,\t2 ]", "[1,2", "[1,",
        "[-1,-2]", "[1,2,3]", "[2,1]", "[1.5,2]", '["a"]', '["a","b"]', '["a","b",]', '["a",1]', '[1,"a"]', '["a', "[[]]",
        "{}", '{"a":1}', '[{"a":"b"}]', "", " 1 ", "\r1", "2023", '"2023"', r'"a\u0001\u007f"',
        *(f'"{phase}"' for phase in ("approved", "adjusted", "executed", "proposed", "approvee", "Approved")))

TAG = re.compile(r'<(/?)([\w:]+)((?:\s+[\w:]+="[^"]*")*)\s*(/?)>')
ATTRIBUTE = re.compile(r'\s+([\w:]+)="([^"]*)"')


def elements(text):
    """Where each element begins, its first tag ends, its last tag begins, and it ends."""
    out, open_ = [], []
    for tag in TAG.finditer(text):
        if tag[4]:
            out.append((tag.start(), tag.end(), tag.end(), tag.end()))
        elif not tag[1]:
            open_.append(tag)
        elif open_:
            first = open_.pop()
            out.append((first.start(), first.end(), tag.start(), tag.end()))
    return sorted(out)


def of_elements(text):
    """Without each element, without what is in it, with it twice, in itself, beside what is none of the format."""
    for start, inner, last, end in elements(text):
        before, whole, behind = text[:start], text[start:end], text[end:]
        yield before + behind
        yield before + whole + whole + behind
        yield before + "x<!-- a --><other/>" + whole + "<other>1</other><?a b?>x" + behind
        yield before + "<other>" + whole + "</other>" + behind
        if inner < end:
            yield text[:inner] + text[last:]
            yield text[:inner] + whole + text[last:]
            yield text[:inner] + "<other/>" + text[inner:last] + "<![CDATA[1]]>" + text[last:]


def of_attributes(text):
    """Without each attribute, and with another value; one of those is that of another attribute of its name."""
    found = [(m, tag.start(3)) for tag in TAG.finditer(text) for m in ATTRIBUTE.finditer(tag[3])]
    for m, at in found:
        others = [o[2] for o, _ in found if o[1] == m[1] and o[2] != m[2]]
        yield text[:at + m.start()] + text[at + m.end():]
        for value in (*VALUES, m[2] + m[2], *others[:1]):
            yield text[:at + m.start(2)] + value + text[at + m.end(2):]


def of_members(text):
    """Without each member, with it empty, twice, or in the place of another."""
    parts = re.split(r"^(?==== )", text, flags=re.M)[1:]
    for i, part in enumerate(parts):
        name, content = part.split("\n", 1)
        yield "".join(parts[:i] + parts[i + 1:])
        yield "".join(parts[:i] + [name + "\n"] + parts[i + 1:])
        yield "".join(parts[:i] + [name + "\n" + content[:len(content) // 2]] + parts[i + 1:])
        yield "".join([*parts, name + "\n<other/>\n"])
        yield "".join(parts[:i] + [name + "\n" + parts[i - 1].split("\n", 1)[1]] + parts[i + 1:])


def of_package(text):
    for one in (*of_members(text), *of_elements(text), *of_attributes(text)):
        yield one.encode()


def of_list(count):
    """A list of numbers with one of them wrong, or missing with those behind it."""
    good = [str(n + 1) for n in range(count)]
    for i in range(count):
        for wrong in NUMBERS:
            yield " ".join(good[:i] + [wrong] + good[i + 1:])
        yield " ".join(good[:i])


def of_records(head, fields):
    """Lines of JSON, each with one field that is odd; and the line itself, odd in its form."""
    for i, field in enumerate(fields):
        yield "".join(head % i + f',"{field}":{value}}}\n' for value in JSON).encode()
    near = (one for field in fields for one in (field[:-1] + "x", "x" + field[1:], field + "x", field[:-1]))
    yield "".join(head % i + f',"{key}":1}}\n' for i, key in enumerate(near)).encode()
    line = head % 0
    forms = ("{ \t%s }\r", "{%s}x", "{%s", "{%s,}", '{%s,"a"}', '{%s,"a":}', '{%s,1:2}', '{%s,"\\u0061":1}', "{,%s}",
             '{%s,"a":[{"b":[[],{"c":null}]},1.5e-3,true,false]}', '{%s,"doc":"b","doc":"b"}', "[%s]", "%s", "{%s}}",
             '{%s,"a" : 1 , "b"\t:\t2}', '{%s,"type":"fact"}', '{%s "a":1}', '{"a":"\\"",%s}', "", " ", "{}", "x")
    yield "".join((form % line[1:] if "%s" in form else form) + "\n" for form in forms).encode()


# The fields of records in the order in which they are written, and the words of some.
WORDS = ("proposed approved adjusted executed level change growth share completion fen ppm count text table statement "
         "derived pass fail open notApplicable none note warning error").split()
FACT = (("doc", '"a"'), ("n", "1"), ("entity", '"b"'), ("year", "2024"), ("phase", '"approved"'), ("item", '"revenue"'),
        ("fund", '"general"'), ("function", '"20101"'), ("economic", '"30101"'), ("nature", '"basic"'),
        ("kind", '"level"'), ("value", "1000000"), ("unit", '"fen"'), ("quantum", "10000"), ("approx", "true"),
        ("vs_year", "2023"), ("vs_phase", '"executed"'), ("whole", '"expenditure"'), ("scope", '"general"'),
        ("origin", '"text"'), ("from", "[1,2]"), ("reason", '"c"'), ("doubt", '"d"'), ("section", '"e"'), ("member", "0"),
        ("page", "1"), ("line", "2"), ("cell", '"A1"'), ("span", "[1,9]"), ("text", '"f"'))
RESIDUE = tuple((key, value) for key, value in FACT
                if key in "doc n value unit quantum section member page line cell span text".split()) + (("why", '"no_item"'),)
MARK = (("doc", '"a"'), ("kind", '"heading"'), ("word", '"b"'), ("missing", "true"), ("member", "0"), ("page", "1"),
        ("line", "2"), ("span", "[1,9]"), ("text", '"f"'))
FINDING = (("doc", '"a"'), ("id", '"b"'), ("rule", '"I01"'), ("kind", '"fail"'), ("level", '"error"'), ("rounding", "true"),
           ("truncation", "true"), ("message", '"c"'), ("message_zh", '"d"'), ("expected", "1"), ("actual", "2"),
           ("difference", "1"), ("tolerance", "0"), ("facts", "[1,2]"), ("evidence", '"e"'), ("also", '"f"'),
           ("also_zh", '"g"'), ("docs", '["a","b"]'), ("page", "1"), ("line", "2"))
RECORDS = (("fact", FACT), ("residue", RESIDUE), ("mark", MARK), ("finding", FINDING))
NEEDED = "doc id rule n kind level message value unit quantum origin span".split()
ODD_STRINGS = tuple('"' + "a" * n + end for n in (0, 1, 14, 15, 16, 17, 31, 32, 33, 64, 200)
                    for end in ('"', r'\n"', "\\", "", '临"'))
ODD_WORDS = tuple(f'"{word[:-1]}{last}"' for word in WORDS for last in (word[-1], "x", word[-1] + "x"))
ODD_NUMBERS = ("[01,2]", "[1,02]", "[-1,2]", "[1;2]", "[1,2x", "[1", "[", "05", "-05", "9999", "10000", "02024", "5x",
               "[1,2,3,4,5,6,7,8,9]", '["a:1","b:2"]', '["a:1",2]', '["a",]', '["a"', '["a\\n"]', "truex", "falsex")


def odd(key, value):
    if key in "phase kind level unit vs_phase origin".split():
        return (*JSON, *ODD_WORDS)
    return (*JSON, *(ODD_STRINGS if value[0] == '"' else ODD_NUMBERS))


def of_fields(kind, fields):
    """Lines with one field that is odd, that is not there, is there twice, before the one before it, or ends the line."""
    def line(*pairs):
        return f'{{"type":"{kind}",' + ",".join(f'"{key}":{value}' for key, value in pairs) + "}\n"

    for i, (key, value) in enumerate(fields):
        before = [pair for pair in fields[:i] if pair[0] in NEEDED]
        behind = [pair for pair in fields[i + 1:] if pair[0] in NEEDED]
        yield from (line(*before, (key, one), *behind) for one in odd(key, value))
        yield line(*fields[:i], *fields[i + 1:])
        yield line(*before, (key, value), (key, value), *behind)
        yield line(*before[:-1], (key, value), *before[-1:], *behind)
        whole = line(*fields[:i + 1])
        yield from (whole[:-n] + "\n" for n in (1, 2, 3, len(value) + 3, len(value) + 5))
        yield from (whole[:-2] + end + "\n" for end in (" }", ",}", "x}", "}}", ' ,"x":1}'))


def of_lines():
    for kind, fields in RECORDS:
        yield from (line.encode() for line in of_fields(kind, fields))


def ofd_head(pages):
    return ("=== OFD.xml\n<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>\n=== D.xml\n<Document><CommonData>"
            f'<TemplatePage ID="1" BaseLoc="T.xml"/></CommonData><Pages>{pages}</Pages></Document>\n')


# Tables of more cells, and pages of more rules, than are looked at.
CELLS, SIDES, OFTEN = 450, 480, (20, 215)


def of_rules():
    """OFD: each rule is said, or the template that has them is named often."""
    text = '<TextObject><TextCode X="9" Y="9">一</TextCode></TextObject>'
    lines = "".join(f"M 1 {i} L {CELLS} {i} M {i} 1 L {i} {CELLS} " for i in range(1, CELLS + 1))
    page = ofd_head('<Page BaseLoc="P.xml"/>') + "=== P.xml\n<Page>%s<Content>%s</Content></Page>\n"
    yield (page % ("", f"{text}<PathObject><AbbreviatedData>{lines}</AbbreviatedData></PathObject>")).encode()
    sides = "M 1 1 " + "L 1 9 L 9 9 L 9 1 L 1 1 " * (SIDES // 4)
    template = ("=== T.xml\n<Page><Content><PathObject><AbbreviatedData>" + sides +
                "</AbbreviatedData></PathObject></Content></Page>\n")
    for times in OFTEN:
        yield (page % ('<Template TemplateID="1"/>' * times, text) + template).encode()


def of_contents(as_objects):
    """PDF: a page's contents are one stream often, or have numbers that are no places."""
    page = "<</Type/Page/Parent 2 0 R/MediaBox[-99999999 -99999999 99999999 99999999]/Contents[%s]>>"

    def one(contents, *streams):
        return as_objects(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", page % contents,
                           *(f"<</Length {len(s)}>>stream\n{s}\nendstream" for s in streams)])

    sides = "1 1 m " + "1 9 l 9 9 l 9 1 l 1 1 l " * (SIDES // 4) + "S"
    yield from (one("4 0 R " * times, sides) for times in OFTEN)
    yield one("4 0 R " * CELLS + "5 0 R " + "6 0 R " * CELLS, "1 0 0 1 0 2 cm 0 0 m 910 0 l S",
              f"1 0 0 1 0 -{2 * CELLS} cm", "1 0 0 1 2 0 cm 0 0 m 0 910 l S")
    far = ("%s 5 m 9 9 l S", "5 %s m 9 9 l S", "5 5 m %s 9 l S", "5 5 m 9 %s l S", "1 0 0 1 %s 0 cm 1 1 9 1 re f")
    numbers = ("2000000", "-2000000", "1" + "0" * 30, "99999")
    yield one("4 0 R", "\n".join(f"q {form % number} Q" for form in far for number in numbers))


def of_pages():
    """Pages of OFD, each with one list of numbers that has one wrong, wherever a page says such."""
    texts = [*(f'<TextObject Boundary="{one}"><TextCode>一</TextCode></TextObject>' for one in of_list(4)),
             *(f'<TextObject CTM="{one}"><TextCode>一</TextCode></TextObject>' for one in of_list(6)),
             *(f'<TextObject><FillColor Value="{one}"/><TextCode>一</TextCode></TextObject>' for one in of_list(3)),
             *(f'<TextObject {name}="{one}"><TextCode>一</TextCode></TextObject>'
               for name in ("Size", "HScale") for one in of_list(1)),
             *(f'<TextObject><FillColor Alpha="{one}"/><TextCode>一</TextCode></TextObject>' for one in of_list(1)),
             *(f'<TextObject><TextCode {name}="{one}">一二三四五</TextCode></TextObject>'
               for name in ("X", "Y", "DeltaX", "DeltaY") for one in of_list(3)),
             *(f'<TextObject><TextCode {name}="{begin}g {one}{end}">一二三四五</TextCode></TextObject>'
               for name in ("DeltaX", "DeltaY") for one in of_list(2) for begin in ("", "  1 ") for end in ("", " 7 g"))]
    paths = [*(f"M 1 1 {letter} {one} L 9 9 C" for letter, count in
               (("S", 2), ("M", 2), ("L", 2), ("Q", 4), ("B", 6), ("A", 7)) for one in of_list(count)),
             *(f"{blank}M{blank}1{blank}1{blank}L{blank}9{blank}9{blank}" for blank in (" ", "&#9;", "&#10;", "&#13;", ",")),
             *(f"M 1 1 {letter} 9 9 L 9 9" for letter in ("C", "Z", "m", "0", "一", "-", ""))]
    drawn = [f"<PathObject{fill}><AbbreviatedData>{path}</AbbreviatedData></PathObject>" for path in paths
             for fill in ("", ' Stroke="0" Fill="1"')]
    boxes = [f"<Area><PhysicalBox>{one}</PhysicalBox></Area>" for one in of_list(4)]
    head = ofd_head('<Page BaseLoc="P.xml"/>') + "=== P.xml\n<Page>"
    for box in boxes:
        yield f"{head}{box}<Content>{texts[0]}</Content></Page>\n".encode()
    for some in (texts, drawn):
        for i in range(0, len(some), 40):
            yield (head + "<Content>" + "\n".join(some[i:i + 40]) + texts[0] + "</Content></Page>\n").encode()


def of_escapes(line):
    """Each digit of a character's code, and of the second half of a pair, as what stands beside the digits."""
    for code in (r"\u4e34", r"\ud842\udfb7"):
        for i in range(2, len(code)):
            for wrong in "09afAF/:@G`g~" if code[i] not in "\\u" else "xu\"":
                yield (line % (code[:i] + wrong + code[i + 1:])).encode()
        yield from ((line % code[:i]).encode() for i in range(len(code)))


def of_blanks(line):
    """A blank of each kind, or two, before and behind each token."""
    tokens = re.findall(r'"[^"]*"|[\[\]{}:,]|[^"\[\]{}:,\s]+', line)
    for i in range(len(tokens) + 1):
        for blank in (" ", "\t", "\r", "  ", "\t \r", "\x1f", "\v"):
            yield ("".join(tokens[:i]) + blank + "".join(tokens[i:]) + "\n").encode()


def in_pieces(lines, most):
    piece = b""
    for line in lines:
        if piece and len(piece) + len(line) > most:
            yield piece
            piece = b""
        piece += line
    yield piece


DOCUMENT = "source sha256 bytes media charset title entity region year phase amounts facts residues members doc type".split()
ENTRY = "doc as_of year phase entity title sources segment offset length records bytes sha256 from entries type".split()
MEMBER = "source sha256 bytes".split()
NO_HASH = "0" * 64


def of_archives():
    """What an archive reads, as tests/fuzz/fuzz_archive.c takes it: records put, indexes, journals."""
    commit = b'{"type":"commit","from":0,"entries":1,"sha256":"%s"}\n' % NO_HASH.encode()
    for records in of_records('{"type":"document","doc":"%d"', DOCUMENT):
        yield b"\x80" + records
    for records in of_records('{"type":"fact","doc":"1","n":%d', ["origin", "doc", "type"]):
        yield b"\x80" + records
    odd = ('{"type":"document","doc":"1","title":"%s"}\n', '{"type":"document","doc":"1","%s":1}\n')
    blanks = ('{"type":"document","doc":"1","year":2024,"source":["a","b"],"bytes":[1,2]}', '{"n":-1,"a":true,"b":null}')
    for lines in (*map(of_escapes, odd), *map(of_blanks, blanks)):
        yield from (b"\x80" + piece for piece in in_pieces(lines, 3900))
    inner = [f'"{field}":{value}' for field in MEMBER for value in JSON]
    forms = ["{%s}" % one for one in inner] + ["1", "[]", '"a"', "{", "{}", '{"a"}', "{},", "{}x", ""]
    entry = '{"type":"entry","sha256":"%s","segment":"a","doc":"%%d"' % NO_HASH
    lists = "".join(f'{entry % 0},"sources":[{one}]}}\n' for one in (*forms, "{},{}", "{} , {}", "{}{}")).encode()
    for index in (*of_records(entry, ENTRY), lists):
        for piece in in_pieces(index.splitlines(keepends=True), 3700):
            yield from (bytes([2 | put]) + piece + commit for put in (0, 64))
    for piece in in_pieces((*of_blanks(entry % 1 + ',"year":2024,"sources":[{"source":"a","bytes":-1},{"bytes":1}]}'),
                            *of_escapes(entry % 1 + ',"title":"%s"}\n')), 3700):
        yield bytes([2]) + piece + commit
    segment = "segment %s facts/doc_year=2023/doc_phase=approved/000001.ndjson.gz\n"
    behind = [segment % size for size in ("0", "1", "-1", "x", "9" * 19, "", "1 1")] + [
        "segment 1 facts/x\n", "segment 1 facts/doc_year=../../x.ndjson.gz\n", "segment 1\n", "segment\n", "source\n", "\n",
        f"source sources/00/{NO_HASH}.gz\n", f"source sources/01/{NO_HASH}.gz\n", f"source sources/00/{NO_HASH[:-1]}x.gz\n",
        "source ../x\n", "x 1\n", "segment 1 facts/doc_year=1\0.ndjson.gz\n", "segment 1 a"]
    for first in (*(f"index {n}" for n in ("0", "1", "999", "-1", "9" * 20, "x")), "index", "x 1", ""):
        for put in (0, 64):
            yield bytes([5 | put]) + (first + "\n" + "".join(behind)).encode()
            yield bytes([5 | put]) + first.encode()
