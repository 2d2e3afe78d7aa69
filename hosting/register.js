// Keeps the page for times without a network. `cargo xtask dist` puts this in front of what starts the page.
// Where it cannot be, which is on plain http but for this computer itself, in a sandbox and in some private
// windows, the page does without: nobody has to be told.
(async () => {
  const workers = navigator.serviceWorker;
  // A companion's own page goes where its companion goes, and must not outlive it.
  if (!workers || document.querySelector("meta[name=duplex-companion]")) return;
  // The first visit's own downloads come first; whoever asks only then could be too late to hear of it.
  const started = new Promise((done) => addEventListener("TrunkApplicationStarted", done, { once: true }));
  const newer = (await workers.getRegistration("./"))?.waiting;
  if (newer) {
    // Nothing has been done in this page yet, so it may start anew.
    workers.addEventListener("controllerchange", () => location.reload(), { once: true });
    newer.postMessage("alone");
  }
  await started;
  // In this order: whoever has the one that keeps has the one that stays out of the way.
  await workers.register("./clear.js", { scope: "./clear" });
  await workers.register("./offline.js", { scope: "./", updateViaCache: "none" });
  (await workers.ready).active.postMessage(import.meta.url);
})().catch(() => {});
