// CPython 3.14: Modules/termios.c
//
// The settings of terminals, as Linux has them. What a terminal has in its queues cannot be reached:
// all that was written is with it already, and what it has read stays there.

import { None, PyBytes, PyList, PyTuple, type Value } from "../core/objects/object.ts";
import { newErrorArgs, overflowError, typeError } from "../core/objects/errors.ts";
import * as A from "../core/objects/abstract.ts";
import type { ModuleSpec } from "../core/objects/module_spec.ts";
import { strerror } from "../vm/errno_table.ts";
import { HostError, type HostFiles } from "../vm/host.ts";
import { interp } from "../vm/interpreter.ts";
import { newException } from "./module_error.ts";
import { fromHostError } from "./os_error.ts";
import { guestFiles } from "./libmount.ts";
import { asFd } from "./posix_path.ts";

const errorType = newException("termios.error");
const EBADF = 9, EINVAL = 22, ENOTTY = 25, ENOSYS = 38;
const fail = (errno: number) => newErrorArgs(errorType, [errno, strerror(errno)]);

/** Calls the host; what a terminal refuses is termios.error. */
function call<T>(go: () => T): T {
  try {
    return go();
  } catch (e) {
    if (!(e instanceof HostError)) throw e;
    throw [EBADF, EINVAL, ENOTTY, ENOSYS].includes(e.errno) ? fail(e.errno) : fromHostError(e);
  }
}
/** The descriptor of a terminal. */
function terminal(v: Value): [HostFiles, number] {
  const fd = asFd(v), files = guestFiles();
  call(() => {
    files.fstat(fd);
    if (!files.isatty(fd)) throw new HostError("ENOTTY");
  });
  return [files, fd];
}

/** Speeds by their code in the control flags: 0 to 15, then those from CBAUDEX on. */
const SPEEDS = [0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400];
const MORE_SPEEDS = [57600, 115200, 230400, 460800, 500000, 576000, 921600, 1000000, 1152000, 1500000]
  .concat([2000000, 2500000, 3000000, 3500000, 4000000]);
const CBAUD = 0x100f, CBAUDEX = 0x1000, CIBAUD_SHIFT = 16, VTIME = 5, VMIN = 6, ICANON = 2, NCCS = 32;
function speedOf(code: number): number {
  return ((code & CBAUDEX) !== 0 ? MORE_SPEEDS[(code & 15) - 1] : SPEEDS[code & 15]) ?? 0;
}
function codeOf(speed: number): number {
  const i = SPEEDS.indexOf(speed), k = MORE_SPEEDS.indexOf(speed);
  if (i < 0 && k < 0) throw fail(EINVAL);
  return i >= 0 ? i : CBAUDEX | (k + 1);
}

function tcgetattr(_m: Value, fdv: Value): Value {
  const [files, fd] = terminal(fdv);
  if (files.terminal === undefined) throw fail(ENOSYS);
  const [iflag, oflag, plain, lflag, ...chars] = call(() => files.terminal!.state(fd));
  const out = plain & CBAUD, inp = plain >>> CIBAUD_SHIFT & CBAUD || out;
  const cc: Value[] = [];
  for (let i = 0; i < NCCS; i++) cc.push(new PyBytes(new Uint8Array([chars[i] ?? 0])));
  if ((lflag & ICANON) === 0) {
    for (const i of [VMIN, VTIME]) cc[i] = chars[i] ?? 0;
  }
  const cflag = (plain | inp << CIBAUD_SHIFT) >>> 0;
  return new PyList([iflag, oflag, cflag, lflag, speedOf(inp), speedOf(out), new PyList(cc)]);
}

function tcsetattr(_m: Value, fdv: Value, whenv: Value, attributes: Value): Value {
  const fd = asFd(fdv), when = A.asInt32(whenv);
  if (!(attributes instanceof PyList) || attributes.items.length !== 7) {
    throw typeError("tcsetattr, arg 3: must be 7 element list");
  }
  const [iflag, oflag, cflag, lflag, ispeed, ospeed] = attributes.items.slice(0, 6).map((v) => A.asSsize(v));
  const cc = attributes.items[6];
  if (!(cc instanceof PyList) || cc.items.length !== NCCS) {
    throw typeError(`tcsetattr: attributes[6] must be ${NCCS} element list`);
  }
  const chars = cc.items.map((v) => {
    if (v instanceof PyBytes && v.b.length === 1) return v.b[0];
    if (A.hasIndex(v)) return A.asSsize(v) & 255;
    throw typeError("tcsetattr: elements of attributes must be bytes objects of length 1 or integers");
  });
  const [files] = terminal(fdv);
  if (when < 0 || when > 2) throw fail(EINVAL);
  if (files.terminal === undefined) throw fail(ENOSYS);
  const inp = codeOf(ispeed), out = codeOf(ospeed);
  const flags = (cflag & ~(CBAUD | CBAUD << CIBAUD_SHIFT) | out | (inp === out ? 0 : inp << CIBAUD_SHIFT)) >>> 0;
  call(() => files.terminal!.setState(fd, [iflag >>> 0, oflag >>> 0, flags, lflag >>> 0, ...chars]));
  return None;
}

function tcsetwinsize(_m: Value, fdv: Value, size: Value): Value {
  const fd = asFd(fdv);
  const items = A.isSequence(size) ? A.iterToArray(size) : [];
  if (items.length !== 2) throw typeError("tcsetwinsize, arg 2: must be a two-item sequence");
  const [lines, columns] = items.map((v) => A.asSsize(v));
  if (lines !== (lines & 0xffff) || columns !== (columns & 0xffff)) {
    throw overflowError("winsize value(s) out of range.");
  }
  const [files] = terminal(fdv);
  if (files.terminal === undefined) throw fail(ENOSYS);
  call(() => files.terminal!.setSize(fd, lines, columns));
  return None;
}
/** A queue's or flow's selector. */
function selector(v: Value, last: number): void {
  const n = A.asInt32(v);
  if (n < 0 || n > last) throw fail(EINVAL);
}

export const spec: ModuleSpec = {
  name: "termios",
  doc: "The settings of terminals, as POSIX has them.",
  functions: {
    tcgetattr: ["fd, /", "Get the attributes of a terminal as a list.", tcgetattr],
    tcsetattr: ["fd, when, attributes, /", "Set the attributes of a terminal.", tcsetattr],
    tcsendbreak: ["fd, duration, /", "Send a break.", (_m, fd: Value, d: Value) => {
      terminal(fd);
      A.asInt32(d);
      throw fail(ENOSYS);
    }],
    tcdrain: ["fd, /", "Wait until all that was written has been sent.", (_m, fd: Value) => {
      terminal(fd);
      return None;
    }],
    tcflush: ["fd, queue, /", "Discard what is queued.", (_m, fd: Value, queue: Value) => {
      terminal(fd);
      selector(queue, 2);
      // nothing waits to be sent
      if (A.asInt32(queue) !== 1) throw fail(ENOSYS);
      return None;
    }],
    tcflow: ["fd, action, /", "Suspend or resume input or output.", (_m, fd: Value, action: Value) => {
      terminal(fd);
      selector(action, 3);
      throw fail(ENOSYS);
    }],
    tcgetwinsize: ["fd, /", "Get the size of a terminal as (lines, columns).", (_m, v: Value) => {
      const [, fd] = terminal(v);
      const [columns, lines] = call(() => interp().host.process.terminalSize(fd));
      return new PyTuple([lines, columns]);
    }],
    tcsetwinsize: ["fd, winsize, /", "Set the size of a terminal.", tcsetwinsize],
  },
  types: { error: errorType },
  exec(mod) {
    for (const s of CONSTANTS.split(" ")) {
      const [name, value] = s.split("=");
      mod.dict.setStr(name, Number(value));
    }
  },
};

/** Linux's numbers (asm-generic/termbits.h, ioctls.h), speeds as glibc 2.42 has them. */
const CONSTANTS =
  "B0=0 B50=50 B75=75 B110=110 B134=134 B150=150 B200=200 B300=300 B600=600 B1200=1200 B1800=1800 B2400=2400 " +
  "B4800=4800 B9600=9600 B19200=19200 B38400=38400 B57600=57600 B115200=115200 B230400=230400 B460800=460800 " +
  "B500000=500000 B576000=576000 B921600=921600 B1000000=1000000 B1152000=1152000 B1500000=1500000 " +
  "B2000000=2000000 B2500000=2500000 B3000000=3000000 B3500000=3500000 B4000000=4000000 CBAUDEX=4096 " +
  "TCSANOW=0 TCSADRAIN=1 TCSAFLUSH=2 TCIFLUSH=0 TCOFLUSH=1 TCIOFLUSH=2 TCOOFF=0 TCOON=1 TCIOFF=2 TCION=3 " +
  "IGNBRK=1 BRKINT=2 IGNPAR=4 PARMRK=8 INPCK=16 ISTRIP=32 INLCR=64 IGNCR=128 ICRNL=256 IUCLC=512 IXON=1024 " +
  "IXANY=2048 IXOFF=4096 IMAXBEL=8192 IUTF8=16384 OPOST=1 OLCUC=2 ONLCR=4 OCRNL=8 ONOCR=16 ONLRET=32 OFILL=64 " +
  "OFDEL=128 NLDLY=256 CRDLY=1536 TABDLY=6144 BSDLY=8192 VTDLY=16384 FFDLY=32768 NL0=0 NL1=256 CR0=0 CR1=512 " +
  "CR2=1024 CR3=1536 TAB0=0 TAB1=2048 TAB2=4096 TAB3=6144 XTABS=6144 BS0=0 BS1=8192 VT0=0 VT1=16384 FF0=0 " +
  "FF1=32768 CSIZE=48 CSTOPB=64 CREAD=128 PARENB=256 PARODD=512 HUPCL=1024 CLOCAL=2048 CIBAUD=269418496 " +
  "CRTSCTS=2147483648 CS5=0 CS6=16 CS7=32 CS8=48 ISIG=1 ICANON=2 XCASE=4 ECHO=8 ECHOE=16 ECHOK=32 ECHONL=64 " +
  "ECHOCTL=512 ECHOPRT=1024 ECHOKE=2048 FLUSHO=4096 NOFLSH=128 TOSTOP=256 PENDIN=16384 IEXTEN=32768 " +
  "EXTPROC=65536 VINTR=0 VQUIT=1 VERASE=2 VKILL=3 VEOF=4 VTIME=5 VMIN=6 VSWTC=7 VSWTCH=7 VSTART=8 VSTOP=9 " +
  "VSUSP=10 VEOL=11 VREPRINT=12 VDISCARD=13 VWERASE=14 VLNEXT=15 VEOL2=16 B7200=7200 B14400=14400 " +
  "B28800=28800 B76800=76800 CBAUD=4111 CDSUSP=25 CEOF=4 CEOL=0 CEOT=4 CERASE=127 CFLUSH=15 CINTR=3 CKILL=21 " +
  "CLNEXT=22 CQUIT=28 CRPRNT=18 CSTART=17 CSTOP=19 CSUSP=26 CWERASE=23 EXTA=19200 EXTB=38400 FIOASYNC=21586 " +
  "FIOCLEX=21585 FIONBIO=21537 FIONCLEX=21584 FIONREAD=21531 IBSHIFT=16 IOCSIZE_MASK=1073676288 " +
  "IOCSIZE_SHIFT=16 NCCS=32 N_MOUSE=2 N_PPP=3 N_SLIP=1 N_STRIP=4 N_TTY=0 TCFLSH=21515 TCGETS=21505 " +
  "TCSBRK=21513 TCSBRKP=21541 TCSETS=21506 TCSETSF=21508 TCSETSW=21507 TCXONC=21514 TIOCCONS=21533 " +
  "TIOCEXCL=21516 TIOCGETD=21540 TIOCGICOUNT=21597 TIOCGLCKTRMIOS=21590 TIOCGPGRP=21519 TIOCGSERIAL=21534 " +
  "TIOCGSOFTCAR=21529 TIOCGWINSZ=21523 TIOCINQ=21531 TIOCLINUX=21532 TIOCMBIC=21527 TIOCMBIS=21526 " +
  "TIOCMGET=21525 TIOCMIWAIT=21596 TIOCMSET=21528 TIOCM_CAR=64 TIOCM_CD=64 TIOCM_CTS=32 TIOCM_DSR=256 " +
  "TIOCM_DTR=2 TIOCM_LE=1 TIOCM_RI=128 TIOCM_RNG=128 TIOCM_RTS=4 TIOCM_SR=16 TIOCM_ST=8 TIOCNOTTY=21538 " +
  "TIOCNXCL=21517 TIOCOUTQ=21521 TIOCPKT=21536 TIOCPKT_DATA=0 TIOCPKT_DOSTOP=32 TIOCPKT_FLUSHREAD=1 " +
  "TIOCPKT_FLUSHWRITE=2 TIOCPKT_NOSTOP=16 TIOCPKT_START=8 TIOCPKT_STOP=4 TIOCSCTTY=21518 TIOCSERCONFIG=21587 " +
  "TIOCSERGETLSR=21593 TIOCSERGETMULTI=21594 TIOCSERGSTRUCT=21592 TIOCSERGWILD=21588 TIOCSERSETMULTI=21595 " +
  "TIOCSERSWILD=21589 TIOCSER_TEMT=1 TIOCSETD=21539 TIOCSLCKTRMIOS=21591 TIOCSPGRP=21520 TIOCSSERIAL=21535 " +
  "TIOCSSOFTCAR=21530 TIOCSTI=21522 TIOCSWINSZ=21524 _POSIX_VDISABLE=0";
