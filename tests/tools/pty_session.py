# Runs a prompt on a pseudo-terminal: `pty_session.py COMMAND...`. Keys are typed, each group once the
# prompt is there; statements write what they find to a file. Printed as JSON: those lines, and the
# history file that is left behind.

import json
import os
import pty
import select
import sys
import tempfile
import time

KEYS = [
    b"import os, sys, readline; fd = os.open(os.environ['OUT'], os.O_WRONLY | os.O_CREAT | os.O_APPEND)\r",
    b"log = lambda *a: os.write(fd, (repr(a) + '\\n').encode()) and None\r",
    b"log('ac')\x1b[D\x1b[D\x1b[Db\x05\r",  # left, end
    b"log(1)\x01log(2), \x1b[Flog\x7f\x7f\x7f\x06\x02\r",  # home, end, rubout, right, left
    b"\x1b[A\x1b[A\x01\x0blog('from history')\r",  # up, kill
    b"\x1b[A\x1b[A\x1b[A\x1b[B\r",  # up, down
    b"log('one two')\x17\x15log('cut')\r",  # word rubout, line discard
    b"log(3)\x01\x0b\x19, \x19\r",  # kill, yank twice
    b"log(os.getpi", b"\t", b" > 0)\r",  # completion
    b"x = abc\x03",  # Ctrl-C drops the line
    b"\x12'cut", b"\r",  # reverse search
    b"log('h\xc3\xa9llo'[1])\r",
    b"log('ab')\x1b[D\x1b[D\x1b[D\x1b[3~\r",  # delete
    b"log('one', two)\x1bb\x1bb'\x1bf'\r",  # word motion
    b"log('ba')\x02\x02\x14\r",  # transpose
    b"log(input('? '))\r", b"zz\x01y\r",
    b"log(readline.get_current_history_length(), readline.get_history_item(3))\r",
    b"readline.parse_and_bind('\"\\C-o\": \"log(7)\"')\r", b"\x0f\r",
    b"readline.set_startup_hook(lambda: readline.insert_text('log('))\r", b"8)\r",
    b"\x01\x0breadline.set_startup_hook()\r",
    b"if 1:\r", b"  log('block')\r", b"\r",
    b"log(sys.stdin.isatty())\r",
    b"import termios as t; a = t.tcgetattr(0); log(a[:6], a[6][:17]); b = a[:]; b[3] &= ~(t.ECHO | t.ICANON)\r",
    b"t.tcsetattr(0, t.TCSANOW, b); c = t.tcgetattr(0); t.tcsetattr(0, t.TCSADRAIN, a); log(c[3] == b[3], c[6][4:8])\r",
    b"log(t.tcgetattr(0) == a, t.tcsetwinsize(0, (30, 90)), t.tcgetwinsize(0))\r",
]


def run(command, folder):
    out = os.path.join(folder, "out")
    pid, fd = pty.fork()
    if pid == 0:
        env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        env.update(OUT=out, PYTHON_BASIC_REPL="1", TERM="xterm", NO_COLOR="1", PYTHON_HISTORY=os.path.join(folder, "history"))
        os.execvpe(command[0], command, env)
    deadline = time.time() + 100

    def settle(needed):
        # until nothing more comes, and a prompt is there where one must come
        seen = b""
        while time.time() < deadline:
            if not select.select([fd], [], [], 0.7)[0]:
                if not needed or any(p in seen for p in (b">>>", b"...", b"? ")):
                    return
                continue
            try:
                seen += os.read(fd, 65536)
            except OSError:
                return
    settle(True)
    for keys in KEYS:
        os.write(fd, keys)
        settle(keys[-1:] in b"\r\x03")
    os.write(fd, b"\x04")
    try:
        while select.select([fd], [], [], 20)[0] and os.read(fd, 65536):
            pass
    except OSError:
        pass
    os.kill(pid, 9)  # it has ended, or never will
    os.waitpid(pid, 0)
    read = lambda name: open(os.path.join(folder, name)).read().splitlines() if os.path.exists(os.path.join(folder, name)) else []
    return {"out": read("out"), "history": read("history")}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        json.dump(run(sys.argv[1:], folder), sys.stdout, indent=1)
        print()
