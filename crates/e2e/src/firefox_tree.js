// Runs beside the page with Firefox's own rights: what the accessibility tree has of one role.
const [ROLE, SYMBOL_ROOT, SYMBOL_FOUND] = ["%role%", Symbol.for("root"), Symbol.for("found")];
const page = Cu.waiveXrays(content);
const root = page[SYMBOL_ROOT] && Cu.unwaiveXrays(page[SYMBOL_ROOT]);

function look() {
  const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
  const tree = service.getAccessibleFor(content.document);
  const state = {};
  tree?.getState(state, {});
  // The tree of a page that has just been opened is still being made.
  if (!tree || state.value & Ci.nsIAccessibleStates.STATE_BUSY) return null;
  const names = [];
  const found = Cu.cloneInto([], content);
  const walk = node => {
    const role = node.computedARIARole || service.getStringRole(node.role);
    if (role === ROLE && (!root || root.contains(node.DOMNode))) {
      names.push((node.name ?? "").trim());
      Cu.waiveXrays(found).push(node.DOMNode);
    }
    for (let child = node.firstChild; child; child = child.nextSibling) walk(child);
  };
  walk(tree);
  page[SYMBOL_FOUND] = found;
  return names;
}

// The tree follows the page at the next frame.
content.requestAnimationFrame(() => content.requestAnimationFrame(() => {
  let told;
  try {
    told = { names: look() };
  } catch (error) {
    told = { error: String(error) };
  }
  sendAsyncMessage("duplex:found", told);
}));
