// Atomics that have a cache line (or the pair that is fetched together) each,
// so that two locations of a program don't travel as one.

pub mod apart {
    macro_rules! apart {
        ($($name:ident $value:ty;)*) => {$(
            #[repr(align(128))]
            #[derive(Default)]
            pub struct $name(::std::sync::atomic::$name);

            impl $name {
                pub const fn new(value: $value) -> $name {
                    $name(::std::sync::atomic::$name::new(value))
                }

                pub fn into_inner(self) -> $value {
                    self.0.into_inner()
                }
            }

            impl From<$value> for $name {
                fn from(value: $value) -> $name {
                    $name::new(value)
                }
            }

            impl ::std::ops::Deref for $name {
                type Target = ::std::sync::atomic::$name;

                #[inline(always)]
                fn deref(&self) -> &Self::Target {
                    &self.0
                }
            }

            impl ::std::ops::DerefMut for $name {
                fn deref_mut(&mut self) -> &mut Self::Target {
                    &mut self.0
                }
            }

            impl ::std::fmt::Debug for $name {
                fn fmt(&self, to: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    self.0.fmt(to)
                }
            }
        )*};
    }

    apart! {
        AtomicBool bool;
        AtomicI8 i8; AtomicI16 i16; AtomicI32 i32; AtomicIsize isize;
        AtomicU8 u8; AtomicU16 u16; AtomicU32 u32; AtomicUsize usize;
    }
    #[cfg(target_has_atomic = "64")]
    apart! {
        AtomicI64 i64;
        AtomicU64 u64;
    }
}
