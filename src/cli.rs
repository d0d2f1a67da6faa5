//! The same queries without a window: arguments in, text on standard output and an exit status out.
