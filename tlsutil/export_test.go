package tlsutil

// KeyModes tells that files have modes for owner, group and others.
const KeyModes = keyModes
