// Lets nanotime, which is linked by name, have no body.
