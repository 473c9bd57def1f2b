//! A channel built from scratch: to send a message is to give it away.
