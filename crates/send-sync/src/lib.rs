//! Who may cross a thread: Send, Sync, and a gatekeeper of our own.
