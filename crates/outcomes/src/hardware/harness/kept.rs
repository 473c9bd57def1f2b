// Threads that are kept from round to round: a spawn hands its closure to one
// that spins, and all that a thread has spawned begin together when it first
// waits for one of them.
//
// A spawn still happens before its closure, and the closure before the join;
// besides, nothing is ordered. No closure is held back for good: who waits for
// the others to be ready begins alone after a while, since the spawner may be
// waiting for what it does. And some begin at once, by chance, so that what
// the spawner does meanwhile meets them.

pub mod thread {
    pub use super::kept::{JoinHandle, Scope, ScopedJoinHandle, scope, spawn};
    pub use ::std::thread::{Result, panicking, sleep, yield_now};
}

fn threads_over() {
    kept::all_over();
}

mod kept {
    use ::std::boxed::Box;
    use ::std::cell::{Cell, RefCell, UnsafeCell};
    use ::std::marker::PhantomData;
    use ::std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use ::std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU8, AtomicUsize, Ordering};
    use ::std::sync::{Arc, LazyLock, Mutex};
    use ::std::time::Duration;

    type Closure = Box<dyn FnOnce() + Send>;

    /// How often a thread that could begin looks whether it may, before it does anyway.
    const PATIENCE: usize = 10_000;
    /// How often its spawner looks whether it is there, before it lets all begin.
    const COURTESY: usize = 2_000;
    /// After so many closures in a row that another ran, a kept thread rests.
    const TIRED: usize = 16;

    const WAITING: u8 = 0;
    const BEGUN: u8 = 1;
    const OVER: u8 = 2;

    /// One spawn.
    struct Job {
        state: AtomicU8,
        /// Whether a kept thread is ready to run it.
        ready: AtomicBool,
        /// Whether it needn't wait for the others.
        open: AtomicBool,
        /// Whether it ended by a panic that nobody has asked about.
        panicked: AtomicBool,
        closure: UnsafeCell<Option<Closure>>,
    }

    // SAFETY: the closure is taken only by whoever moves `state` from WAITING
    // to BEGUN, which one thread does.
    unsafe impl Sync for Job {}

    impl Job {
        fn claim(&self) -> bool {
            let (from, to) = (WAITING, BEGUN);
            self.state
                .compare_exchange(from, to, Ordering::Acquire, Ordering::Relaxed)
                .is_ok()
        }

        /// To be called by who has claimed it.
        fn take(&self) -> Closure {
            // SAFETY: see `Sync`.
            unsafe { (*self.closure.get()).take() }.unwrap()
        }

        fn perform(&self) {
            (self.take())();
            self.state.store(OVER, Ordering::Release);
        }

        fn is_over(&self) -> bool {
            self.state.load(Ordering::Acquire) == OVER
        }

        fn wait(&self) {
            let mut looks = 0;
            while !self.is_over() {
                looks += 1;
                rest(looks);
            }
        }
    }

    fn rest(looks: usize) {
        match looks {
            0..200 => ::std::hint::spin_loop(),
            _ => ::std::thread::yield_now(),
        }
    }

    /// Waits for something, but not for ever.
    fn wait(looks_at_most: usize, done: impl Fn() -> bool) {
        let mut looks = 0;
        while looks < looks_at_most && !done() {
            looks += 1;
        }
    }

    /// A thread that is kept.
    #[repr(align(128))]
    struct Kept {
        mail: AtomicPtr<Job>,
    }

    impl Kept {
        fn next(&self, tired: bool) -> Arc<Job> {
            let mut looks = 0;
            while self.mail.load(Ordering::Relaxed).is_null() {
                looks += 1;
                match tired {
                    true => ::std::thread::park_timeout(Duration::from_millis(1)),
                    false => rest(looks),
                }
            }
            let mail = self.mail.swap(::std::ptr::null_mut(), Ordering::Acquire);
            // SAFETY: what lies in `mail` came from `Arc::into_raw`, and the
            // spawner has taken back only what we hadn't.
            unsafe { Arc::from_raw(mail) }
        }

        fn forever(&self) {
            let mut in_vain = 0;
            loop {
                let job = self.next(in_vain > TIRED);
                job.ready.store(true, Ordering::Relaxed);
                wait(PATIENCE, || job.open.load(Ordering::Acquire));
                in_vain += 1;
                if job.claim() {
                    in_vain = 0;
                    dawdle();
                    job.perform();
                    opened(None);
                }
            }
        }
    }

    struct Place {
        kept: &'static Kept,
        thread: ::std::thread::Thread,
        job: Arc<Job>,
    }

    /// Who is kept, and what each was last given.
    static PLACES: Mutex<Vec<Place>> = Mutex::new(Vec::new());
    /// Spawns that aren't of a scope, in this round.
    static FREE: Mutex<Vec<Arc<Job>>> = Mutex::new(Vec::new());
    static CORES: LazyLock<usize> =
        LazyLock::new(|| ::std::thread::available_parallelism().map_or(1, |cores| cores.get()));

    fn give(job: &Arc<Job>) {
        let mail = Arc::into_raw(job.clone()).cast_mut();
        let mut places = super::locked(&PLACES);
        let free = places.iter_mut().find(|place| place.job.is_over());
        if let Some(place) = free {
            let old = place.kept.mail.swap(mail, Ordering::AcqRel);
            if !old.is_null() {
                // SAFETY: it came from `Arc::into_raw` in an earlier call, and
                // the kept thread didn't take it.
                drop(unsafe { Arc::from_raw(old) });
            }
            place.job = job.clone();
            return;
        }
        let kept: &'static Kept = Box::leak(Box::new(Kept {
            mail: AtomicPtr::new(mail),
        }));
        let thread = ::std::thread::spawn(move || kept.forever()).thread().clone();
        let job = job.clone();
        places.push(Place { kept, thread, job });
    }

    ::std::thread_local! {
        /// What this thread has spawned and not yet let begin.
        static GROUP: RefCell<Vec<Arc<Job>>> = const { RefCell::new(Vec::new()) };
        static CHANCE: Cell<u64> = const { Cell::new(0) };
    }

    /// A number below `end`, by chance (xorshift).
    fn chance(end: u64) -> u64 {
        CHANCE.with(|chance| {
            let mut x = chance.get();
            if x == 0 {
                static THREADS: AtomicUsize = AtomicUsize::new(1);
                let thread = THREADS.fetch_add(1, Ordering::Relaxed) as u64;
                x = thread.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            }
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            chance.set(x);
            (x >> 16) % end
        })
    }

    /// A while, short or a little longer: who begins first should not always be the same.
    fn dawdle() {
        for step in 0..chance(1 << chance(11)) {
            ::std::hint::black_box(step);
        }
    }

    fn start<T: Send>(body: impl FnOnce() -> T + Send) -> (Arc<Job>, Arc<Slot<T>>) {
        let slot = Arc::new(Slot(Mutex::new(None)));
        let job = Arc::new(Job {
            state: AtomicU8::new(WAITING),
            ready: AtomicBool::new(false),
            open: AtomicBool::new(chance(8) == 0),
            panicked: AtomicBool::new(false),
            closure: UnsafeCell::new(None),
        });
        let (result, own) = (slot.clone(), Arc::downgrade(&job));
        let closure: Box<dyn FnOnce() + Send + '_> = Box::new(move || {
            let ended = catch_unwind(AssertUnwindSafe(body));
            if let (Err(_), Some(job)) = (&ended, own.upgrade()) {
                job.panicked.store(true, Ordering::Relaxed);
            }
            *super::locked(&result.0) = Some(ended);
        });
        // SAFETY: of a scope's closures none is left when what they borrow
        // ends, since the scope waits for all; the others are 'static.
        let closure: Closure = unsafe { ::std::mem::transmute(closure) };
        // SAFETY: nobody else knows the job yet.
        unsafe { *job.closure.get() = Some(closure) };
        give(&job);
        GROUP.with_borrow_mut(|group| group.push(job.clone()));
        (job, slot)
    }

    /// Lets all that this thread has spawned begin. It runs one itself if there
    /// are several and too few cores: `wanted` or else the last.
    fn opened(wanted: Option<&Arc<Job>>) {
        let group = GROUP.with_borrow_mut(::std::mem::take);
        let crowded = group.len() >= *CORES && group.len() > 1;
        let mut own = None;
        if crowded && !::std::thread::panicking() && chance(16) > 0 {
            let of_group = wanted.filter(|job| group.iter().any(|one| Arc::ptr_eq(one, job)));
            own = of_group.or(group.last()).filter(|job| job.claim());
        }
        if own.is_none() && crowded {
            for place in &*super::locked(&PLACES) {
                place.thread.unpark();
            }
        }
        let waits = |job: &&Arc<Job>| job.state.load(Ordering::Relaxed) == WAITING;
        for job in group.iter().filter(waits) {
            wait(COURTESY, || job.ready.load(Ordering::Relaxed) || !waits(&job));
        }
        for job in &group {
            job.open.store(true, Ordering::Release);
        }
        if let Some(job) = own {
            for job in group.iter().filter(waits) {
                wait(COURTESY, || !waits(&job));
            }
            dawdle();
            job.perform();
        }
    }

    /// Lets the others begin too, and waits for this one.
    fn finish(job: &Arc<Job>) {
        opened(Some(job));
        job.wait();
    }

    /// The end of a round: the process would end here, so what hasn't begun never does.
    pub fn all_over() {
        let jobs = ::std::mem::take(&mut *super::locked(&FREE));
        GROUP.with_borrow_mut(Vec::clear);
        for job in jobs {
            if job.claim() {
                drop(catch_unwind(AssertUnwindSafe(|| drop(job.take()))));
                job.state.store(OVER, Ordering::Release);
            }
            job.wait();
        }
    }

    struct Slot<T>(Mutex<Option<::std::thread::Result<T>>>);

    fn joined<T>(job: &Arc<Job>, slot: &Slot<T>) -> ::std::thread::Result<T> {
        finish(job);
        job.panicked.store(false, Ordering::Relaxed);
        super::locked(&slot.0).take().unwrap()
    }

    /// As the standard library's.
    pub struct JoinHandle<T> {
        job: Arc<Job>,
        slot: Arc<Slot<T>>,
    }

    impl<T> JoinHandle<T> {
        pub fn join(self) -> ::std::thread::Result<T> {
            joined(&self.job, &self.slot)
        }

        pub fn is_finished(&self) -> bool {
            self.job.is_over()
        }
    }

    /// As the standard library's.
    pub fn spawn<F, T>(body: F) -> JoinHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let (job, slot) = start(body);
        super::locked(&FREE).push(job.clone());
        JoinHandle { job, slot }
    }

    /// As the standard library's.
    pub struct Scope<'scope, 'env: 'scope> {
        jobs: Mutex<Vec<Arc<Job>>>,
        scope: PhantomData<&'scope mut &'scope ()>,
        env: PhantomData<&'env mut &'env ()>,
    }

    /// As the standard library's.
    pub struct ScopedJoinHandle<'scope, T> {
        job: Arc<Job>,
        slot: Arc<Slot<T>>,
        scope: PhantomData<&'scope ()>,
    }

    impl<T> ScopedJoinHandle<'_, T> {
        pub fn join(self) -> ::std::thread::Result<T> {
            joined(&self.job, &self.slot)
        }

        pub fn is_finished(&self) -> bool {
            self.job.is_over()
        }
    }

    impl<'scope> Scope<'scope, '_> {
        pub fn spawn<F, T>(&'scope self, body: F) -> ScopedJoinHandle<'scope, T>
        where
            F: FnOnce() -> T + Send + 'scope,
            T: Send + 'scope,
        {
            let (job, slot) = start(body);
            super::locked(&self.jobs).push(job.clone());
            let scope = PhantomData;
            ScopedJoinHandle { job, slot, scope }
        }
    }

    /// As the standard library's.
    pub fn scope<'env, F, T>(body: F) -> T
    where
        F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
    {
        let scope = Scope {
            jobs: Mutex::new(Vec::new()),
            scope: PhantomData,
            env: PhantomData,
        };
        let ended = catch_unwind(AssertUnwindSafe(|| body(&scope)));
        opened(None);
        let mut panicked = false;
        // Threads of the scope may spawn more.
        while let Some(job) = { super::locked(&scope.jobs).pop() } {
            job.wait();
            panicked |= job.panicked.load(Ordering::Relaxed);
        }
        match ended {
            Err(panic) => resume_unwind(panic),
            Ok(_) if panicked => panic!("a scoped thread panicked"),
            Ok(value) => value,
        }
    }
}
