"""HDFS and S3 on loopback, for the tests of the job: a name node and two data
nodes of Hadoop, and moto's server. Tests reach them over plain HTTP, not by the
client that the job uses.

Each has a url, put(local directory, remote) and get(remote, local directory);
stop() ends what it started."""
import glob
import http.client
import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET

SITE = """<configuration>{}</configuration>
"""
BLOCK = 64 << 10  # so that files are of several blocks
# A signature that moto does not verify; without one it takes us for strangers.
HEADERS = {"Content-Type": "application/octet-stream", "Authorization": 
           "AWS4-HMAC-SHA256 Credential=test/20240101/us-east-1/s3/aws4_request, "
           "SignedHeaders=host, Signature=0"}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def request(method, url, data=None):
    r = urllib.request.Request(url, data=data, method=method, headers=HEADERS)
    with urllib.request.urlopen(r, timeout=60) as got:
        return got.read()


class Storage:
    """What both have in common: trees of files."""

    def __init__(self):
        self.running = []

    def put(self, local, remote):
        for path in glob.glob(local + "/**", recursive=True):
            if os.path.isfile(path):
                with open(path, "rb") as f:
                    self.write(remote + "/" + os.path.relpath(path, local), f.read())

    def get(self, remote, local):
        for name in self.names(remote):
            path = os.path.join(local, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(self.read(remote + "/" + name))

    def wait_until(self, ready):
        for _ in range(900):
            if any(p.poll() is not None for p in self.running):
                break
            try:
                if ready():
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"{self.url} does not start")

    def stop(self):
        for p in reversed(self.running):
            p.terminate()
        for p in self.running:
            p.wait(timeout=60)


class Hdfs(Storage):
    """The daemons of the jars, which are those of a mini cluster."""

    def __init__(self, jars, work):
        super().__init__()
        self.jars, self.work = jars, work
        self.port, self.web = free_port(), free_port()
        self.url = f"hdfs://127.0.0.1:{self.port}"
        self.env = dict(os.environ, LC_ALL="C.UTF-8", JAVA_TOOL_OPTIONS="")
        subprocess.run(self.java("name", "namenode.NameNode", "-format", "-nonInteractive"), env=self.env, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.start("name", "namenode.NameNode")
        self.start("data1", "datanode.DataNode")
        self.start("data2", "datanode.DataNode")
        self.wait_until(self.is_whole)

    def java(self, name, program, *words):
        home = f"{self.work}/{name}"
        os.makedirs(home + "/conf", exist_ok=True)
        site = {
            "fs.defaultFS": self.url, "hadoop.tmp.dir": home, "dfs.namenode.http-address": f"127.0.0.1:{self.web}",
            "dfs.namenode.rpc-bind-host": "127.0.0.1", "dfs.datanode.hostname": "127.0.0.1",
            "dfs.datanode.address": "127.0.0.1:0", "dfs.datanode.http.address": "127.0.0.1:0",
            "dfs.datanode.ipc.address": "127.0.0.1:0", "dfs.permissions.enabled": "false", "dfs.replication": "2", "dfs.namenode.safemode.extension": "0",
            "dfs.namenode.fs-limits.min-block-size": "1024", "dfs.blocksize": str(BLOCK),
        }
        text = SITE.format("".join(f"<property><name>{k}</name><value>{v}</value></property>" for k, v in site.items()))
        for file in "core-site.xml", "hdfs-site.xml":
            with open(f"{home}/conf/{file}", "w", encoding="utf-8") as f:
                f.write(text)
        return ["java", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{home}/conf:{self.jars}",
                "org.apache.hadoop.hdfs.server." + program, *words]

    def start(self, name, program):
        words = self.java(name, program)
        with open(f"{self.work}/{name}.log", "wb") as log:
            self.running.append(subprocess.Popen(words, env=self.env, stdout=log, stderr=log))

    def is_whole(self):
        query = "qry=Hadoop:service=NameNode,name=FSNamesystemState"
        beans = json.loads(request("GET", f"http://127.0.0.1:{self.web}/jmx?{query}"))["beans"]
        return beans and beans[0]["NumLiveDataNodes"] == 2 and beans[0]["FSState"] == "Operational"

    def at(self, path, op, **words):
        words = urllib.parse.urlencode(dict(op=op, **words))
        return f"http://127.0.0.1:{self.web}/webhdfs/v1{urllib.parse.quote(path)}?{words}"

    def write(self, path, data):
        try:  # the name node tells which data node takes it
            connection = http.client.HTTPConnection("127.0.0.1", self.web, timeout=60)
            connection.request("PUT", self.at(path, "CREATE", blocksize=BLOCK).split(str(self.web), 1)[1])
            where = connection.getresponse().getheader("Location")
        finally:
            connection.close()
        request("PUT", where, data)

    def read(self, path):
        return request("GET", self.at(path, "OPEN"))

    def names(self, path, below=""):
        for s in json.loads(request("GET", self.at(path + below, "LISTSTATUS")))["FileStatuses"]["FileStatus"]:
            name = below + "/" + s["pathSuffix"]
            if s["type"] == "DIRECTORY":
                yield from self.names(path, name)
            else:
                yield name[1:]


class S3(Storage):
    """One bucket."""
    BUCKET = "bud"

    def __init__(self, python, work):
        super().__init__()
        self.port = free_port()
        self.root = f"http://127.0.0.1:{self.port}/{self.BUCKET}"
        self.url = f"s3a://{self.BUCKET}"
        with open(f"{work}/s3.log", "wb") as log:
            self.running.append(subprocess.Popen([python, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)],
                                                 stdout=log, stderr=log))
        self.wait_until(lambda: request("GET", f"http://127.0.0.1:{self.port}/"))
        request("PUT", self.root)

    def conf(self):
        """What a job has to be told of it."""
        return {"endpoint": f"http://127.0.0.1:{self.port}", "endpoint.region": "us-east-1", "path.style.access": "true",
                "connection.ssl.enabled": "false", "access.key": "test", "secret.key": "test"}

    def at(self, path):
        return self.root + urllib.parse.quote(path)

    def write(self, path, data):
        request("PUT", self.at(path), data)

    def read(self, path):
        return request("GET", self.at(path))

    def list(self, query, item, name):
        tree = ET.fromstring(request("GET", f"{self.root}?{query}"))
        space = re.match(r"\{.*\}|", tree.tag)[0]
        assert tree.findtext(space + "IsTruncated", "false") == "false"
        return [e.findtext(space + name) for e in tree.iter(space + item)]

    def names(self, path):
        prefix = path.strip("/") + "/"
        keys = self.list("list-type=2&prefix=" + urllib.parse.quote(prefix), "Contents", "Key")
        return [k[len(prefix):] for k in keys if not k.endswith("/")]

    def uploads(self):
        """Those that were begun and neither completed nor aborted."""
        return self.list("uploads", "Upload", "Key")
