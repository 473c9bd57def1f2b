/*
 * The race of go/torn.go in Java. A reference is read whole: whoever reads one has an object
 * of the type it says it is, if perhaps an old one. What gets lost are updates.
 *
 * How many, differs from run to run: java Whole.java [INCREMENTS]
 */
class Whole {
    // ANCHOR: types
    interface Poker {
        /** Whether all is here that the constructor put here. */
        boolean poke();
    }

    static final class Pointer implements Poker {
        private final long[] to = {42};

        public boolean poke() {
            return to.length == 1 && to[0] == 42;
        }
    }

    static final class Number implements Poker {
        private final long n = System.nanoTime() | 1;

        public boolean poke() {
            return n % 2 != 0;
        }
    }
    // ANCHOR_END: types

    static final int THREADS = 10;
    static Poker shared = new Pointer();
    static long count = 0;

    // ANCHOR: race
    /** Races with the other threads; how many of the objects read were whole. */
    static int race(int times) {
        int whole = 0;
        for (int time = 0; time < times; time++) {
            shared = time % 2 == 0 ? new Pointer() : new Number();
            if (shared.poke()) {
                whole++;
            }
            count += 1;
        }
        return whole;
    }
    // ANCHOR_END: race

    public static void main(String[] arguments) throws InterruptedException {
        int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int[] whole = new int[THREADS];
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            int me = i;
            threads[i] = new Thread(() -> whole[me] = race(times));
            threads[i].start();
        }
        int pokes = 0;
        for (int i = 0; i < THREADS; i++) {
            threads[i].join();
            pokes += whole[i];
        }
        System.out.printf("Java %s, %s%n", System.getProperty("java.version"), System.getProperty("java.vm.name"));
        System.out.printf("whole %d of %d%n", pokes, THREADS * times);
        System.out.printf("counted %d of %d%n", count, THREADS * times);
    }
}
