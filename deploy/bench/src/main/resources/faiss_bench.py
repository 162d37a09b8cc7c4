"""Measures one FAISS index on the data of `menso bench search`; called by it, with the settings as one JSON argument.

Prints one line of JSON for each measurement, with the fields of the benchmark's rows.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

ANSWER = np.dtype([("row", "<i4"), ("cosine", "<f8")])
CHUNK = 50_000
CONNECTIONS = 16  # of a node of the graph, as Lucene's default
BEAM = 100  # candidates while a node is joined to the graph, as Lucene's default
EFFORTS = {"faiss-flat": (0,), "faiss-ivf": (8, 32, 128), "faiss-hnsw": (32, 128, 512)}
TRAINING_ROWS_PER_LIST = 64
TOLERANCE = 1e-6
WARM_UP = 1 / 3  # of the time of a measurement


@dataclass(frozen=True)
class Built:
    """An index and what it cost."""

    index: faiss.Index
    seconds: float
    bytes: int


def anonymous_memory() -> int:
    """Bytes of this process that are no mapped files."""
    gc.collect()
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    return 0


def empty_index(engine: str, dimension: int, rows: np.ndarray) -> faiss.Index:
    """The index before rows are added, trained where it must be."""
    if engine == "faiss-flat":
        return faiss.IndexFlatIP(dimension)
    if engine == "faiss-hnsw":
        index = faiss.IndexHNSWFlat(dimension, CONNECTIONS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = BEAM
        return index
    lists = max(1, int(4 * np.sqrt(len(rows))))
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, lists, faiss.METRIC_INNER_PRODUCT)
    sample = np.random.default_rng(1).permutation(len(rows))[: lists * TRAINING_ROWS_PER_LIST]
    index.train(np.ascontiguousarray(rows[np.sort(sample)]))
    return index


def build(engine: str, dimension: int, rows: np.ndarray) -> Built:
    before = anonymous_memory()
    start = time.perf_counter()
    index = empty_index(engine, dimension, rows)
    for first in range(0, len(rows), CHUNK):
        index.add(np.ascontiguousarray(rows[first : first + CHUNK]))
    seconds = time.perf_counter() - start
    return Built(index, seconds, anonymous_memory() - before)


def mode(engine: str, effort: int) -> str:
    names = {"faiss-flat": "full scan", "faiss-ivf": f"ivf nprobe={effort}", "faiss-hnsw": f"hnsw ef={effort}"}
    return names[engine]


def parameters(engine: str, effort: int, selector: faiss.IDSelector | None) -> faiss.SearchParameters:
    if engine == "faiss-flat":
        return faiss.SearchParameters(sel=selector)
    if engine == "faiss-ivf":
        return faiss.SearchParametersIVF(sel=selector, nprobe=effort)
    return faiss.SearchParametersHNSW(sel=selector, efSearch=effort)


def label(percent: float) -> str:
    """A share as the file names write it."""
    return f"{percent:.3f}".rstrip("0").rstrip(".")


def selector(folder: Path, n: int, percent: float | None) -> tuple[faiss.IDSelector | None, object]:
    """Rows of a filter as a bitmap, and the memory that it refers to."""
    if percent is None:
        return None, None
    bits = np.zeros(n, dtype=bool)
    bits[np.fromfile(folder / f"filter-{label(percent)}.i32", dtype="<i4")] = True
    packed = np.packbits(bits, bitorder="little")
    return faiss.IDSelectorBitmap(len(packed), faiss.swig_ptr(packed)), packed


def pin(cores: int) -> None:
    """Keeps all threads of this process to the first cores."""
    for task in os.listdir("/proc/self/task"):
        try:
            os.sched_setaffinity(int(task), range(cores))
        except ProcessLookupError:
            pass  # a thread that has ended meanwhile
    faiss.omp_set_num_threads(cores)


class Measurement:
    """Searches of one index with one filter and one effort."""

    def __init__(self, index: faiss.Index, params: faiss.SearchParameters, queries: np.ndarray, k: int) -> None:
        self.index, self.params, self.k = index, params, k
        self.queries = [queries[i : i + 1] for i in range(len(queries))]

    def find(self, query: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return self.index.search(query, self.k, params=self.params)

    def recall(self, vectors: np.ndarray, truth: np.ndarray, threshold: float) -> float:
        """Right answers found; a row that is as similar as the last right one is as good."""
        right = found = 0
        for query, answers in zip(self.queries, truth):
            expected = answers[(answers["row"] >= 0) & (answers["cosine"] >= threshold)]
            if len(expected) == 0:
                continue
            cosines, rows = self.find(query)
            given = rows[0][(rows[0] >= 0) & (cosines[0] >= threshold - TOLERANCE)]
            exact = vectors[given].astype(np.float64) @ query[0].astype(np.float64)
            right += len(expected)
            found += min(len(expected), int((exact >= expected["cosine"][-1] - TOLERANCE).sum()))
        return found / right if right else 1.0

    def latencies(self, seconds: float, least: int) -> np.ndarray:
        """Milliseconds of single searches, one after the other, sorted."""
        times: list[float] = []
        end = time.perf_counter() + seconds
        while len(times) < least or time.perf_counter() < end:
            query = self.queries[len(times) % len(self.queries)]
            start = time.perf_counter()
            self.find(query)
            times.append((time.perf_counter() - start) * 1e3)
        return np.sort(times)

    def rate(self, seconds: float, callers: int) -> float:
        """Answers a second with so many callers; FAISS searches without Python's lock."""
        counts = [0] * callers

        def call(caller: int) -> None:
            faiss.omp_set_num_threads(1)
            end = time.perf_counter() + seconds
            i = caller * len(self.queries) // callers
            while time.perf_counter() < end:
                self.find(self.queries[i % len(self.queries)])
                i += 1
                counts[caller] += 1

        threads = [threading.Thread(target=call, args=(caller,)) for caller in range(callers)]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts) / (time.perf_counter() - start)


def percentile(times: np.ndarray, percent: float) -> float:
    """Nearest rank."""
    return float(times[max(0, int(np.ceil(percent / 100 * len(times))) - 1)])


def questions(settings: dict) -> list[tuple[dict, float | None]]:
    """All limits without a filter, the first limit with each filter."""
    result = []
    for share in settings["filters"]:
        for limit in settings["limits"] if share is None else settings["limits"][:1]:
            result.append((limit, share))
    return result


def measure(settings: dict, data: dict, rows: np.ndarray, built: Built, effort: int, kind: str, cores: int) -> None:
    engine, k, seconds = settings["engine"], settings["k"], settings["seconds"]
    folder = Path(settings["data"])
    queries = np.fromfile(folder / f"queries-{kind}.f32", dtype="<f4").reshape(-1, data["dim"])
    for limit, share in questions(settings):
        threshold = -1.0 if limit["cosine"] is None else limit["cosine"]
        chosen, kept = selector(folder, data["n"], share)
        search = Measurement(built.index, parameters(engine, effort, chosen), queries, k)
        name = "all" if share is None else label(share)
        truth = np.fromfile(folder / f"truth-{kind}-{name}.bin", dtype=ANSWER).reshape(len(queries), -1)
        search.latencies(seconds * WARM_UP, 1)
        judged = min(len(queries), settings["judged"])
        search.queries = search.queries[:judged]
        recall = search.recall(rows, truth[:judged, :k], threshold)
        times = search.latencies(seconds, judged)
        rate = 1e3 / float(np.mean(times)) if cores == 1 else search.rate(seconds / 2, cores)
        del kept
        row = {
            "engine": engine, "n": data["n"], "dim": data["dim"], "queries": kind, "threshold": limit["cosine"],
            "mode": mode(engine, effort), "cores": cores, "p50_ms": percentile(times, 50),
            "p99_ms": percentile(times, 99), "qps": rate, "recall": recall,
            "bytes_per_template": built.bytes / data["n"], "build_s": built.seconds, "k": k, "fmr": limit["fmr"],
            "filter": share, "samples": len(times),
        }
        print(json.dumps(row), flush=True)


def main() -> None:
    settings = json.loads(sys.argv[1])
    data = json.loads((Path(settings["data"]) / "data.json").read_text())
    rows = np.memmap(Path(settings["data"]) / "rows.f32", dtype="<f4", mode="r", shape=(data["n"], data["dim"]))
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    built = build(settings["engine"], data["dim"], rows)
    for cores in sorted(settings["cores"], reverse=True):
        pin(cores)
        for effort in EFFORTS[settings["engine"]]:
            for kind in settings["kinds"]:
                measure(settings, data, rows, built, effort, kind.lower(), cores)


if __name__ == "__main__":
    main()
