// A service worker that listens to nothing. Browsers ask none that has no handler, so what the frame clear.html
// fetches goes straight to the network: ./offline.js, whose scope is wider, never comes between.
