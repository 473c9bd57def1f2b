//! Lending a vector: many readers, or one writer.
