"""job.py: bud's filters on Apache Spark, as they are. Documents go in, records
and changes come out, the same lines that one machine gives.

    spark-submit --archives bundle.tar.gz#bud job.py --output OUT INPUT...

INPUT is a file, a directory or a pattern, on any file system that Spark reads.
README.md beside this file tells the rest.

1. Spark reads documents in batches of some bytes; `bud-parse | bud-check` runs
   over each batch on an executor. What they say is kept on the disks there.
2. Records are written to OUT/facts, by fiscal year and phase of the document,
   in segments of a stated size.
3. Facts go to partitions by department, which `bud-diff --sort-key` tells,
   and are sorted by it there; the documents that they are of go before them.
   `bud-diff --sorted` tells the changes, department by department: OUT/changes.

A task that fails is tried again by Spark; what a task writes is seen only when
its job is committed. A document that kills a program is told of in a `trouble`
record, the others of its batch are not harmed.
"""
import argparse
import collections
import errno
import json
import os
import re
import subprocess
import sys
import tempfile
import zlib

from py4j.protocol import Py4JError
from pyspark import SparkFiles, StorageLevel
from pyspark.sql import Row, SparkSession
from pyspark.sql import types as T

FACT_KEY, SEPARATOR, ESCAPED_NAMELESS = b"2", b"\x01", b"\x02A"  # of the keys of bud-diff
NAMED = b'{"type":"document","doc":"0","source":"-","sha256":"0","bytes":0,"entity":"-",' \
    b'"amounts":0,"facts":0,"residues":0}\n'
GLOB = re.compile(r"[\\*?\[\]{}]")  # what Hadoop takes for a pattern
FINE = (0, 1, 3)  # exit statuses after which the output is whole
# Names that an object store has and a file system has not: parts that are too
# long, and one name that goes on below another.
UNFIT_NAME, UNFIT = 1000, (errno.ENAMETOOLONG, errno.EEXIST, errno.ENOTDIR, errno.EISDIR)
CLOUD = "org.apache.spark.internal.io.cloud."
FACT = [("doc", "string"), ("n", "long"), ("entity", "string"), ("year", "long"), ("phase", "string"),
        ("item", "string"), ("fund", "string"), ("function", "string"), ("economic", "string"),
        ("nature", "string"), ("kind", "string"), ("value", "long"), ("unit", "string"), ("quantum", "long"),
        ("vs_year", "long"), ("vs_phase", "string"), ("origin", "string"), ("page", "long"), ("line", "long"),
        ("cell", "string"), ("text", "string")]


def program(name):
    """Where the bundle was unpacked on this executor."""
    return os.path.join(SparkFiles.get("bud"), "bin", name)


def is_record(line, kind):
    return line.startswith(b'{"type":"%s"' % kind)


def source_of(record):
    source = record.get("source", "")
    return source if isinstance(source, str) else source[0]


# ---- documents to records ---------------------------------------------------

def run_filters(batch):
    """The lines of (name, bytes)s, and the status of what failed first."""
    with tempfile.TemporaryDirectory() as work:
        names = b""
        os.mkdir(os.path.join(work, "in"))
        for name, content in batch:
            path = os.path.join(work, "in", name)
            try:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as f:
                    f.write(content)
            except OSError as e:
                if e.errno not in UNFIT:
                    raise
                return [], UNFIT_NAME
            names += name.encode("utf-8", "surrogateescape") + b"\0"
        with open(os.path.join(work, "names"), "wb") as f:
            f.write(names)
        with open(os.path.join(work, "out"), "wb") as out:
            parse = subprocess.Popen([program("bud-parse"), "-q", "-0", "--files-from=../names"],
                                     cwd=os.path.join(work, "in"), stdout=subprocess.PIPE)
            check = subprocess.Popen([program("bud-check"), "-q"], stdin=parse.stdout, stdout=out)
            parse.stdout.close()
            statuses = [parse.wait(), check.wait()]
        failed = [s for s in statuses if s not in FINE]
        if failed:
            return [], failed[0]
        with open(os.path.join(work, "out"), "rb") as f:
            return f.read().splitlines(), 0


def filter_batch(batch):
    lines, status = run_filters(batch)
    if not status:
        return lines
    if len(batch) > 1:
        return [line for document in batch for line in filter_batch([document])]
    if status == UNFIT_NAME:
        return [trouble(batch[0][0], "name-unfit", "no file can have this name: rename the document")]
    if status > 0:  # out of memory, disk full: another try may do better
        raise RuntimeError(f"bud: exit status {status} at {batch[0][0]}")
    return [trouble(batch[0][0], "program-killed", f"the program was killed by signal {-status}")]


def trouble(source, code, message):
    record = {"type": "trouble", "source": source, "stage": "parse", "code": code, "message": message}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def batches(rows, size):
    batch, total = [], 0
    for row in rows:
        batch.append(row)
        total += len(row[1])
        if total >= size:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def records_of(rows, size):
    """(year, phase, source, number, lines)s: a document's records together,
    and what they are kept by. Troubles stand alone. Elements of Spark are
    documents, not records: there are a hundred times fewer of them."""
    number = 0
    for batch in batches(rows, size):
        part = []
        for line in filter_batch(batch):
            if part and (is_record(line, b"document") or is_record(line, b"trouble")):
                yield kept_by(part, number)
                part, number = [], number + 1
            part.append(line)
        if part:
            yield kept_by(part, number)
            number += 1


def kept_by(lines, number):
    record = json.loads(lines[0])
    return str(record.get("year", "none")), record.get("phase", "none"), source_of(record), number, b"\n".join(lines)


def place_of(spark, path):
    """A path with its file system, as Spark tells it of a file that it read."""
    path = spark._jvm.org.apache.hadoop.fs.Path(path)
    system = path.getFileSystem(spark._jsc.hadoopConfiguration())
    return path.makeQualified(system.getUri(), system.getWorkingDirectory()).toString()


def name_below(places):
    """Names that tell files apart: their paths below the one place, which may
    be a file itself, or below the directory that several have in common."""
    top = places[0]
    if len(places) > 1:
        top = "/".join(os.path.commonprefix([p.split("/")[:-1] for p in places]))

    def name(path):
        if not top:
            return path
        return path[len(top) + 1:] if path.startswith(top + "/") else os.path.basename(path)
    return name


def read_documents(spark, options):
    """Patterns are Spark's; what a list names is taken by the letter."""
    listed = []
    if options.list:
        listed = [line for line in read_list(spark, options.list) if line.strip()]
    fixed = [p if not GLOB.search(p) else p[:GLOB.search(p).start()].rpartition("/")[0] or "." for p in options.input]
    name = name_below([place_of(spark, p) for p in fixed + listed])
    files = spark.read.format("binaryFile").option("recursiveFileLookup", True).load(
        options.input + [GLOB.sub(r"\\\g<0>", p) for p in listed])
    return files.select("path", "content").rdd.map(lambda r: (name(r[0]), bytes(r[1])))


def read_list(spark, name):
    if "://" in name:
        return spark.sparkContext.textFile(name).collect()
    with open(name, encoding="utf-8") as f:
        return f.read().splitlines()


# ---- records into segments --------------------------------------------------

class Summary:
    """What the driver must know of all records: how many bytes belong to a
    place (year and phase), and whether documents without a name are
    departments of their own, as bud-diff has it: there are named ones, or two
    of one time."""

    def __init__(self):
        self.sizes = collections.Counter()
        self.named, self.nameless = 0, collections.Counter()

    def add(self, record):
        year, phase, _, _, lines = record
        self.sizes[year, phase] += len(lines) + 1
        if is_record(lines, b"document"):
            if json.loads(lines.split(b"\n", 1)[0]).get("entity"):
                self.named = 1
            else:
                self.nameless[year, phase] += 1

    def merge(self, other):
        self.sizes += other.sizes
        self.named |= other.named
        self.nameless += other.nameless
        return self

    def is_apart(self):
        twice = any(n > 1 for (year, _), n in self.nameless.items() if year != "none")
        return bool(self.nameless) and (bool(self.named) or twice)


def summary_of(part):
    summary = Summary()
    for record in part:
        summary.add(record)
    return [summary]


def write_records(spark, records, summary, options):
    first, parts = {}, 0
    for place, size in sorted(summary.sizes.items()):
        first[place] = (parts, -(-size // options.segment))
        parts += first[place][1]

    def key(r):
        start, n = first[r[0], r[1]]
        return start + zlib.crc32(r[2].encode()) % n, r[2], r[3]

    lines = records.map(lambda r: (key(r), (r[0], r[1], r[4].decode())))
    lines = lines.repartitionAndSortWithinPartitions(max(parts, 1), lambda k: k[0])
    schema = T.StructType([T.StructField(n, T.StringType()) for n in ("doc_year", "doc_phase", "value")])
    frame = spark.createDataFrame(lines.map(lambda p: Row(*p[1])), schema)
    frame.write.partitionBy("doc_year", "doc_phase").option("compression", "gzip").mode("errorifexists").text(
        options.output + "/facts")


def write_parquet(spark, records, options):
    def row(line):
        fact = json.loads(line)
        return tuple(fact.get(name) for name, _ in FACT)

    kinds = {"string": T.StringType(), "long": T.LongType()}
    schema = T.StructType([T.StructField(n, kinds[k]) for n, k in FACT])
    lines = records.flatMap(lambda r: r[4].split(b"\n"))
    facts = lines.filter(lambda line: is_record(line, b"fact")).map(row)
    spark.createDataFrame(facts, schema).write.mode("errorifexists").parquet(options.output + "/parquet")


# ---- facts to changes -------------------------------------------------------

def keyed_lines(records, home):
    """((home, line), None)s of a partition: each fact behind its key, where its
    department is at home; its document once to each of these homes, before
    all facts and in the order of the sources."""
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as out:
        for record in records:
            if is_record(record[4], b"document"):
                stdin.write(record[4] + b"\n")
        stdin.seek(0)
        subprocess.run([program("bud-diff"), "-q", "--sort-key"], stdin=stdin, stdout=out, check=True)
        out.seek(0)
        document, homes, last, place = b"", set(), None, 0
        for line in out:
            if line[:1] == FACT_KEY:
                department = line[1:line.index(SEPARATOR)]
                if department != last:
                    last, place = department, home(department)
                if place not in homes:
                    homes.add(place)
                    yield (place, document), None
                yield (place, line), None
            elif is_record(record := line[line.index(b"\t") + 1:], b"document"):
                document, homes = b"1" + source_of(json.loads(record)).encode() + b"\t" + record, set()


def changes_of(rows, apart):
    """What bud-diff says of a partition, whose lines are in order. A block of
    lines at a time."""
    # One named document tells bud-diff that those without a name stand apart.
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as out:
        stdin.write(NAMED if apart else b"")
        start = stdin.tell()
        stdin.writelines(line for (_, line), _ in rows)
        if stdin.tell() == start:
            return
        stdin.seek(0)
        subprocess.run([program("bud-diff"), "-q", "--sorted"], stdin=stdin, stdout=out, check=True)
        out.seek(0)
        while block := out.readlines(1 << 20):
            yield b"".join(block).rstrip(b"\n").decode()


def write_changes(spark, records, apart, options):
    def home(department):
        if not apart and (not department or department.startswith(ESCAPED_NAMELESS)):
            return 0
        return zlib.crc32(department) % options.partitions

    lines = records.mapPartitions(lambda part: keyed_lines(part, home))
    lines = lines.repartitionAndSortWithinPartitions(options.partitions, lambda key: key[0])
    changes = lines.mapPartitions(lambda part: changes_of(part, apart))
    schema = T.StructType([T.StructField("value", T.StringType())])
    spark.createDataFrame(changes.map(lambda c: Row(value=c)), schema).coalesce(options.change_files).write.option(
        "compression", "gzip").mode("errorifexists").text(options.output + "/changes")


# ---- the job ----------------------------------------------------------------

def choose_committer(spark):
    """On S3 a rename is a copy. Where the committer is there that needs none
    (package spark-hadoop-cloud), it is taken: parts are uploaded as they are
    written, and completed when the job is committed."""
    protocol = "spark.sql.sources.commitProtocolClass"
    if spark.sparkContext.getConf().contains(protocol):
        return
    try:
        spark._jvm.org.apache.spark.util.Utils.classForName(CLOUD + "PathOutputCommitProtocol", True, False)
    except Py4JError:
        print("job.py: no spark-hadoop-cloud: what is written to S3 is copied once more when it is committed",
              file=sys.stderr)
        return
    spark.conf.set(protocol, CLOUD + "PathOutputCommitProtocol")
    spark.conf.set("spark.sql.parquet.output.committer.class", CLOUD + "BindingParquetOutputCommitter")
    spark._jsc.hadoopConfiguration().setIfUnset("fs.s3a.committer.name", "magic")


def size_of(text):
    unit = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}.get(text[-1:].lower())
    return int(text[:-1]) * unit if unit else int(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("input", nargs="*", metavar="INPUT")
    parser.add_argument("--list", help="a file of INPUTs, one a line")
    parser.add_argument("--output", required=True, help="a directory that is not there yet")
    parser.add_argument("--partitions", type=int, default=64, help="of departments (64)")
    parser.add_argument("--batch", type=size_of, default="8m", help="bytes of documents for one run of bud-parse (8m)")
    parser.add_argument("--task", type=size_of, default="64m", help="bytes of documents a task (64m)")
    parser.add_argument("--segment", type=size_of, default="128m", help="bytes of records a segment, unpacked (128m)")
    parser.add_argument("--change-files", type=int, default=8, help="files of changes at most (8)")
    parser.add_argument("--parquet", action="store_true", help="facts as Parquet too, in OUT/parquet")
    options = parser.parse_args()
    if not options.input and not options.list:
        parser.error("no INPUT")

    spark = SparkSession.builder.appName("bud").getOrCreate()
    spark.conf.set("spark.sql.files.maxPartitionBytes", options.task)
    spark.conf.set("spark.sql.files.openCostInBytes", 16384)
    if options.output.startswith("s3a:"):
        choose_committer(spark)
    documents = read_documents(spark, options)
    records = documents.mapPartitions(lambda rows: records_of(rows, options.batch))
    records.persist(StorageLevel.DISK_ONLY)
    summary = records.mapPartitions(summary_of).reduce(Summary.merge)
    write_records(spark, records, summary, options)
    if options.parquet:
        write_parquet(spark, records, options)
    write_changes(spark, records, summary.is_apart(), options)
    records.unpersist()
    spark.stop()


if __name__ == "__main__":
    main()
