"""A standalone cluster of Spark on loopback, and where Spark comes from: pyspark
and what else there is of PyPI into BUILD/venv, jars into BUILD/ivy, both by
their ordinary clients. The versions fit each other."""
import glob
import os
import re
import shutil
import signal
import subprocess
import sys
import time

from storage import free_port

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CLUSTER = os.path.join(ROOT, "scripts/cluster")
PYSPARK, HADOOP, CLOUD, SDK = "pyspark==4.3.0", "3.5.0", "4.0.0", "2.35.4"
PACKAGES = [f"org.apache.hadoop:hadoop-aws:{HADOOP}", f"org.apache.spark:spark-hadoop-cloud_2.13:{CLOUD}",
            f"org.apache.hadoop:hadoop-client-minicluster:{HADOOP}",
            *[f"software.amazon.awssdk:{name}:{SDK}" for name in ("s3", "s3-transfer-manager", "apache-client", "sts")]]
# The bundle of Amazon's kit is ten times as large as the parts that are used;
# of the rest pyspark has its own.
WITHOUT = ["software.amazon.awssdk:bundle", "org.apache.hadoop:hadoop-client-api",
           "org.apache.hadoop:hadoop-client-runtime", "org.apache.hadoop:hadoop-cloud-storage",
           "org.apache.hadoop:hadoop-azure", "org.apache.hadoop:hadoop-annotations",
           "com.google.cloud.bigdataoss:gcs-connector", "com.fasterxml.jackson.core:*",
           "com.fasterxml.jackson.dataformat:*", "joda-time:*", "org.eclipse.jetty:*",
           "org.apache.spark:spark-tags_2.13", "com.google.guava:*"]


def skip(why):
    print(f"cluster: skipped: {why}")
    sys.exit(1 if os.environ.get("CI") == "true" else 0)


def venv(build, *packages):
    got = subprocess.run([os.path.join(ROOT, "scripts/venv"), build, *packages],
                         capture_output=True, text=True, check=False)
    if got.returncode:
        skip(got.stderr.strip())
    return got.stdout.strip()


def pyspark(build):
    """Python, and the directory of Spark."""
    for program in "java", "patchelf":
        if not shutil.which(program):
            skip(f"no {program} (scripts/setup bundle cluster)")
    python = venv(build, PYSPARK)
    home = subprocess.run([python, "-c", "import os, pyspark; print(os.path.dirname(pyspark.__file__))"],
                          capture_output=True, text=True, check=True)
    return python, home.stdout.strip()


def jars(build, python, home):
    """Of S3 for jobs, of the daemons of HDFS."""
    where = build + "/ivy"
    done = where + "/" + PYSPARK
    if not os.path.exists(done):
        os.makedirs(where, exist_ok=True)
        with open(where + "/nothing.py", "w", encoding="ascii"):
            pass
        for _ in range(2):  # a download may fail once
            got = subprocess.run([home + "/bin/spark-submit", "--packages", ",".join(PACKAGES), "--exclude-packages",
                                  ",".join(WITHOUT), "--conf", f"spark.jars.ivy={where}", where + "/nothing.py"],
                                 env=dict(os.environ, PYSPARK_PYTHON=python), capture_output=True, check=False)
            if not got.returncode:
                break
        else:
            skip("spark-submit --packages fails: " + got.stderr.decode(errors="replace")[-300:])
        with open(done, "w", encoding="ascii"):
            pass
    all_jars = glob.glob(where + "/jars/*.jar")
    hdfs = [j for j in all_jars if "minicluster" in j]
    own = [j for name in ("hadoop-client-*", "slf4j-api*", "jcl-over-slf4j*", "log4j-*", "snappy*")
           for j in glob.glob(f"{home}/jars/{name}.jar")]
    return ",".join(j for j in all_jars if j not in hdfs and "slf4j" not in j), ":".join(hdfs + own)


class Cluster:
    """A master and workers of one core each; cpus tells the processor of each
    worker and, last, of all else, where they are not to share the machine."""

    def __init__(self, python, home, work, workers=2, cpus=None):
        self.home, self.work, self.cpus, self.running = home, work, cpus, []
        port = free_port()
        self.master = f"spark://127.0.0.1:{port}"
        self.env = dict(os.environ, SPARK_HOME=home, PYSPARK_PYTHON=python, SPARK_LOCAL_IP="127.0.0.1",
                        PYTHONHASHSEED="0", LC_ALL="C.UTF-8", SPARK_DAEMON_MEMORY="256m",
                        # Short lives: compiling much does not pay.
                        JAVA_TOOL_OPTIONS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        try:
            self.start("master.Master", "--port", str(port))
            self.wait_for("master.Master0", "Running Spark version|started")
            for i in range(workers):
                self.start("worker.Worker", "--cores", "1", "--memory", "1g", "--work-dir", f"{work}/worker{i}",
                           self.master)
            for i in range(workers):
                self.wait_for(f"worker.Worker{i + 1}", "registered with master")
        except RuntimeError:
            self.stop()
            raise

    def pinned(self, which):
        return ["taskset", "-c", str(self.cpus[which])] if self.cpus else []

    def start(self, name, *words):
        n = len(self.running)
        with open(f"{self.work}/{name}{n}.log", "wb") as log:
            self.running.append(subprocess.Popen(
                [*self.pinned(n - 1), self.home + "/bin/spark-class", "org.apache.spark.deploy." + name, "--host",
                 "127.0.0.1", "--webui-port", "0", *words], env=self.env, stdout=log, stderr=log))

    def wait_for(self, name, text):
        for _ in range(900):
            with open(f"{self.work}/{name}.log", encoding="utf-8", errors="replace") as f:
                if re.search(text, f.read(), re.I):
                    return
            time.sleep(0.1)
        raise RuntimeError(f"{name} does not start")

    def submit(self, bundle, *words, conf=None, jars=""):
        conf = {"spark.ui.enabled": "false", "spark.executor.memory": "600m", "spark.driver.memory": "600m",
                "spark.driver.host": "127.0.0.1", "spark.sql.shuffle.partitions": "2",
                "spark.default.parallelism": "2", "spark.log.level": "WARN", **(conf or {})}
        with open(self.work + "/submit.log", "wb") as log:
            return subprocess.Popen(
                [*self.pinned(-1), self.home + "/bin/spark-submit", "--master", self.master, "--archives",
                 bundle + "#bud", *(["--jars", jars] if jars else []),
                 *[w for k, v in conf.items() for w in ("--conf", f"{k}={v}")],
                 os.path.join(CLUSTER, "job.py"), *words], env=self.env, stdout=log, stderr=log)

    def finish(self, job):
        """Ends where the job failed, and gives what it said otherwise."""
        status = job.wait(timeout=600)
        with open(self.work + "/submit.log", encoding="utf-8", errors="replace") as f:
            said = f.read()
        if status:
            print(said[-6000:])
            raise RuntimeError("the job failed")
        return said

    def kill_executor(self):
        """One of those that the workers have started, once it is at work."""
        for _ in range(600):
            for worker in self.running[1:]:
                got = subprocess.run(["pgrep", "-P", str(worker.pid), "-f", "CoarseGrainedExecutorBackend"],
                                     capture_output=True, text=True, check=False)
                for pid in got.stdout.split():
                    if subprocess.run(["pgrep", "-P", pid], capture_output=True, check=False).stdout:
                        time.sleep(1)
                        os.kill(int(pid), signal.SIGKILL)
                        return
            time.sleep(0.1)
        raise RuntimeError("no executor to kill")

    def stop(self):
        for p in reversed(self.running):
            p.terminate()
        for p in self.running:
            p.wait(timeout=30)
