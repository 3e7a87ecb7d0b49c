package selectors

const pipeBuf = 4096
