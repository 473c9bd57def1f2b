"""Ten threads, a million increments each, and nothing that guards the counter.

How many are lost depends on the interpreter: python3 racy_counter.py [INCREMENTS]
"""

import platform
import sys
import threading

THREADS = 10

count = 0


# ANCHOR: increment
def increment(times):
    global count
    for _ in range(times):
        count += 1
# ANCHOR_END: increment


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000
    threads = [threading.Thread(target=increment, args=(times,)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Since 3.13, an interpreter may have been built without its global lock.
    locked = getattr(sys, "_is_gil_enabled", lambda: True)()
    print("{} {}, {} a global lock".format(
        platform.python_implementation(), platform.python_version(), "with" if locked else "without"))
    print("counted {} of {}".format(count, THREADS * times))


if __name__ == "__main__":
    main()
