"""Where a thread stood when another one got its turn: after which instructions of `count += 1`.

With a global lock, whoever looks has the lock, so the other one stands where the interpreter
has let go of it. The places depend on the interpreter: python3 switch_points.py [LOOKS]
"""

import dis
import platform
import random
import sys
import threading
import time

count = 0
stop = False


def increment():
    global count
    for _ in iter(int, 1):
        count += 1
        if stop:
            return


def instructions(code):
    """The operations and their offsets."""
    raw, at, found = bytearray(code.co_code), 0, []
    while at < len(raw):
        found.append((at, dis.opname[raw[at]]))
        # Until 3.6 they were one or three bytes long, since then they are two.
        at += 2 if sys.version_info >= (3, 6) else 3 if raw[at] >= dis.HAVE_ARGUMENT else 1
    return found


def hurry():
    """Has the interpreter switch soon, and not always after the same time."""
    if hasattr(sys, "setswitchinterval"):
        sys.setswitchinterval(random.uniform(1e-6, 1e-4))
    else:
        sys.setcheckinterval(random.randrange(1, 100))


def main():
    global stop
    looks = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    if not getattr(sys, "_is_gil_enabled", lambda: True)():
        sys.exit("without a global lock, a thread may stand anywhere")
    thread = threading.Thread(target=increment)
    thread.start()
    stood = set()
    while looks > 0:
        hurry()
        time.sleep(random.uniform(1e-5, 1e-4))  # the other one runs, until this one asks for its turn
        frame = sys._current_frames().get(thread.ident)
        if frame is not None and frame.f_code is increment.__code__:
            stood.add(frame.f_lasti)
            looks -= 1
        del frame
    stop = True
    thread.join()

    every = [place for place in instructions(increment.__code__) if place[1] != "CACHE"]
    add = next(i for i, (_, name) in enumerate(every) if name in ("INPLACE_ADD", "BINARY_OP"))
    steps = every[add - 2:add + 2]
    # Once the new value has been stored, nothing can get lost.
    inside = [name for at, name in steps[:3] if at in stood]
    outside = [name for at, name in every if at in stood and (at, name) not in steps[:3]]
    print("{} {}, with a global lock".format(platform.python_implementation(), platform.python_version()))
    print("count += 1 is {}".format(" ".join(name for _, name in steps)))
    print("inside after {}".format(" ".join(inside) or "none"))
    print("outside after {}".format(" ".join(outside) or "none"))


if __name__ == "__main__":
    main()
