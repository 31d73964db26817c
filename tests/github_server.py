"""A small server that answers like GitHub's API, and a `gh` that talks to it.

Branches, commits and files are those of a bare repository on disk; issues, pull requests and
comments are in memory. What the workflows use is here, and nothing else: anything more is a 404.
"""

import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

BOT = "github-actions[bot]"
_NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
Answer = tuple[int, Any]


class GitHub:
    """The repository `o/r`: start it with `with`, and read what became of it."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.bare = folder / "github.git"
        self._folder = folder
        self.issues: dict[int, dict[str, Any]] = {}
        self.pulls: list[dict[str, Any]] = []
        self.comments: list[dict[str, Any]] = []
        self.refused: list[str] = []
        subprocess.run(["git", "clone", "--quiet", "--bare", source, self.bare], check=True)

    def __enter__(self) -> Self:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_rest: object) -> None:
                pass

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length) or b"null")
                status, found = hub.answer(self.command, self.path, body)
                data = json.dumps(found).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = answer  # noqa: N815

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_rest: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def write_program(self, folder: Path) -> None:
        """Write a `gh` that talks to this server."""
        path = folder / "gh"
        path.unlink(missing_ok=True)
        path.write_text(f"#!{sys.executable}\nADDRESS = {self.address!r}\n{_PROGRAM}")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def git(self, *arguments: str, text: str | None = None, **more: str) -> str:
        bot = {
            f"GIT_{who}_{what}": BOT
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        run = subprocess.run(
            ["git", *arguments],
            cwd=self.bare,
            env={**os.environ, **_NOBODY, **bot, **more},
            input=text,
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout.strip()

    def open_issue(self, number: int, body: str) -> dict[str, Any]:
        issue = {
            "number": number,
            "body": body,
            "state": "open",
            "labels": [{"name": "submission"}],
        }
        return self.issues.setdefault(number, issue)

    def push_as(self, name: str, branch: str, path: str, text: str) -> str:
        """Commit a file to a branch as somebody else."""
        tree = self._write_tree(branch, [{"path": path, "content": text}])
        who = {
            f"GIT_{role}_{what}": name
            for role in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        commit = self.git("commit-tree", tree, "-p", branch, "-m", "Correct it", **who)
        self.git("update-ref", f"refs/heads/{branch}", commit)
        return commit

    def answer(self, method: str, target: str, body: Any) -> Answer:  # noqa: ANN401 - JSON
        path = urlsplit(target).path.removeprefix("/").removeprefix("repos/o/r").removeprefix("/")
        query = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        for wanted, pattern, answer in _ROUTES:
            found = re.fullmatch(pattern, path)
            if wanted == method and found is not None:
                try:
                    return answer(self, *found.groups(), query if method == "GET" else body)
                except subprocess.CalledProcessError as error:
                    return 404, {"message": error.stderr}
        self.refused.append(f"{method} {target}")
        return 404, {"message": "Not Found"}

    def _get_ref(self, name: str, _query: object) -> Answer:
        return 200, {"object": {"sha": self.git("rev-parse", "--verify", f"refs/heads/{name}")}}

    def _match_refs(self, prefix: str, _query: object) -> Answer:
        names = self.git("for-each-ref", "--format=%(refname)", f"refs/heads/{prefix}*").split()
        return 200, [{"ref": name} for name in names]

    def _compare(self, base: str, branch: str, _query: object) -> Answer:
        log = self.git("log", "--format=%H %an", f"{base}..{branch}").splitlines()
        commits = [
            {"sha": line.split()[0], "author": {"login": line.partition(" ")[2]}} for line in log
        ]
        changed = self.git("diff", "--name-status", f"{base}...{branch}").splitlines()
        names = {"A": "added", "M": "modified", "D": "removed"}
        files = [
            {
                "filename": (path := line[2:]),
                "status": names[line[0]],
                "patch": self.git("diff", f"{base}...{branch}", "--", path).partition("\n@@")[2],
            }
            for line in changed
        ]
        return 200, {"commits": commits, "files": files}

    def _get_commit(self, sha: str, _query: object) -> Answer:
        return 200, {"tree": {"sha": self.git("rev-parse", f"{sha}^{{tree}}")}}

    def _post_tree(self, body: dict[str, Any]) -> Answer:
        return 201, {"sha": self._write_tree(body["base_tree"], body["tree"])}

    def _write_tree(self, base: str, entries: list[dict[str, Any]]) -> str:
        index = {"GIT_INDEX_FILE": str(self._folder / "index")}
        self.git("read-tree", base, **index)
        for entry in entries:
            if "content" in entry:
                blob = self.git("hash-object", "-w", "--stdin", text=entry["content"])
                self.git(
                    "update-index",
                    "--add",
                    "--cacheinfo",
                    f"100644,{blob},{entry['path']}",
                    **index,
                )
            else:
                gone = f"0 {'0' * 40}\t{entry['path']}\n"
                self.git("update-index", "--index-info", text=gone, **index)
        return self.git("write-tree", **index)

    def _post_commit(self, body: dict[str, Any]) -> Answer:
        parents = [part for sha in body["parents"] for part in ("-p", sha)]
        return 201, {"sha": self.git("commit-tree", body["tree"], *parents, "-m", body["message"])}

    def _post_ref(self, body: dict[str, str]) -> Answer:
        self.git("update-ref", body["ref"], body["sha"], "")
        return 201, {}

    def _patch_ref(self, name: str, body: dict[str, Any]) -> Answer:
        old = self.git("rev-parse", f"refs/heads/{name}")
        is_forward = self.git("merge-base", old, body["sha"]) == old
        if not is_forward and not body.get("force"):
            return 422, {"message": "Update is not a fast forward"}
        self.git("update-ref", f"refs/heads/{name}", body["sha"])
        if self.git("merge-base", "main", body["sha"]) == body["sha"]:
            for pull in self.pulls:  # as GitHub does, and for good
                pull["state"] = "closed" if pull["head"]["ref"] == name else pull["state"]
        return 200, {}

    def _get_pulls(self, query: dict[str, str]) -> Answer:
        head = query["head"].rpartition(":")[2]
        return 200, [p for p in self.pulls if p["head"]["ref"] == head and p["state"] == "open"]

    def _post_pull(self, body: dict[str, Any]) -> Answer:
        if any(p["head"]["ref"] == body["head"] and p["state"] == "open" for p in self.pulls):
            return 422, {"message": "A pull request already exists"}
        number = 100 + len(self.pulls)
        self.pulls.append(
            {**body, "number": number, "state": "open", "head": {"ref": body["head"]}}
        )
        return 201, self.pulls[-1]

    def _patch_pull(self, number: str, body: dict[str, Any]) -> Answer:
        (pull,) = [pull for pull in self.pulls if pull["number"] == int(number)]
        pull.update(body)
        return 200, pull

    def _get_issues(self, query: dict[str, str]) -> Answer:
        def fits(issue: dict[str, Any]) -> bool:
            names = [label["name"] for label in issue["labels"]]
            return issue["state"] == query.get("state", "open") and query.get("labels") in names

        return 200, [issue for issue in self.issues.values() if fits(issue)]

    def _post_issue(self, body: dict[str, Any]) -> Answer:
        number = max(self.issues, default=0) + 1
        labels = [{"name": name} for name in body.pop("labels", ())]
        self.issues[number] = {**body, "number": number, "state": "open", "labels": labels}
        return 201, self.issues[number]

    def _patch_issue(self, number: str, body: dict[str, Any]) -> Answer:
        self.issues[int(number)].update(body)
        return 200, self.issues[int(number)]

    def _get_comments(self, number: str, _query: object) -> Answer:
        return 200, [comment for comment in self.comments if comment["on"] == int(number)]

    def _post_comment(self, number: str, body: dict[str, str]) -> Answer:
        made = {"id": len(self.comments) + 1, "on": int(number), "user": {"login": BOT}, **body}
        self.comments.append(made)
        return 201, made

    def _patch_comment(self, id_: str, body: dict[str, str]) -> Answer:
        self.comments[int(id_) - 1].update(body)
        return 200, {}

    def _post_label(self, _body: object) -> Answer:
        return 201, {}


_ROUTES: tuple[tuple[str, str, Callable[..., Answer]], ...] = (
    ("GET", r"git/ref/heads/(.+)", GitHub._get_ref),
    ("GET", r"git/matching-refs/heads/(.+)", GitHub._match_refs),
    ("GET", r"compare/(.+)\.\.\.(.+)", GitHub._compare),
    ("GET", r"git/commits/(\w+)", GitHub._get_commit),
    ("POST", r"git/trees", GitHub._post_tree),
    ("POST", r"git/commits", GitHub._post_commit),
    ("POST", r"git/refs", GitHub._post_ref),
    ("PATCH", r"git/refs/heads/(.+)", GitHub._patch_ref),
    ("GET", r"pulls", GitHub._get_pulls),
    ("POST", r"pulls", GitHub._post_pull),
    ("PATCH", r"pulls/(\d+)", GitHub._patch_pull),
    ("GET", r"issues", GitHub._get_issues),
    ("POST", r"issues", GitHub._post_issue),
    ("PATCH", r"issues/(\d+)", GitHub._patch_issue),
    ("GET", r"issues/(\d+)/comments", GitHub._get_comments),
    ("POST", r"issues/(\d+)/comments", GitHub._post_comment),
    ("PATCH", r"issues/comments/(\d+)", GitHub._patch_comment),
    ("POST", r"labels", GitHub._post_label),
)

_PROGRAM = '''
"""The part of GitHub's command line that the workflows use."""
import json, subprocess, sys, urllib.error, urllib.request
from pathlib import Path

def take(name, many=False):
    found = []
    while name in words:
        at = words.index(name)
        found.append(words[at + 1])
        del words[at : at + 2]
    return found if many else (found[0] if found else None)

def flag(name):
    found = name in words
    while name in words:
        words.remove(name)
    return found

def call(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{ADDRESS}/{path}", data, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        print(f"gh: {error.read().decode()} (HTTP {error.code})", file=sys.stderr)
        sys.exit(1)

def show(found, query):
    if query is None:
        print(json.dumps(found))
    else:
        text = json.dumps(found)
        subprocess.run(["jq", "--raw-output", query], input=text, text=True, check=True)

def read_body():
    file, text = take("--body-file"), take("--body")
    return Path(file).read_text() if file else text

def find_pull(branch):
    return call("GET", f"repos/o/r/pulls?head=o:{branch}")[0]["number"]

words = sys.argv[1:]
repo, query, silent = take("--repo"), take("--jq"), flag("--silent")
command = words.pop(0) if words else ""
if command == "api":
    flag("--paginate")
    method, file = take("--method") or "GET", take("--input")
    given = take("--raw-field", True) + take("--field", True)
    fields = dict(field.split("=", 1) for field in given)
    if "force" in fields:
        fields["force"] = fields["force"] == "true"
    found = call(method, words[0], json.loads(Path(file).read_text()) if file else fields or None)
    if not silent:
        show(found, query)
    sys.exit()
action = words.pop(0)
if (command, action) == ("pr", "create"):
    body = {name: take("--" + name) for name in ("base", "head", "title")}
    body["body"] = read_body()
    call("POST", "repos/o/r/pulls", body)
elif (command, action) == ("pr", "edit"):
    body = {"title": take("--title"), "body": read_body()}
    call("PATCH", f"repos/o/r/pulls/{find_pull(words[0])}", body)
elif (command, action) == ("pr", "list"):
    show(call("GET", f"repos/o/r/pulls?head=o:{take('--head')}"), query)
elif (command, action) == ("pr", "comment"):
    body = read_body()
    call("POST", f"repos/o/r/issues/{find_pull(words[0])}/comments", {"body": body})
elif (command, action) == ("issue", "comment"):
    body = read_body()
    call("POST", f"repos/o/r/issues/{words[0]}/comments", {"body": body})
elif (command, action) == ("issue", "list"):
    show(call("GET", f"repos/o/r/issues?labels={take('--label')}&state=open"), query)
elif (command, action) == ("issue", "create"):
    body = {"title": take("--title"), "labels": take("--label", True), "body": read_body()}
    call("POST", "repos/o/r/issues", body)
elif (command, action) == ("issue", "edit"):
    body = read_body()
    call("PATCH", f"repos/o/r/issues/{words[0]}", {"body": body})
elif (command, action) == ("issue", "close"):
    said = take("--comment")
    call("POST", f"repos/o/r/issues/{words[0]}/comments", {"body": said})
    call("PATCH", f"repos/o/r/issues/{words[0]}", {"state": "closed"})
elif (command, action) == ("label", "create"):
    call("POST", "repos/o/r/labels", {"name": words[0]})
else:
    sys.exit(f"gh: no such command here: {sys.argv[1:]}")
'''
