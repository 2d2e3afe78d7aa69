//! Every view of the page, for what must hold in all of them.

/// Their fragments: each part of the page, and what changes its shape.
pub const VIEWS: &[&str] = &[
    "",
    "t=1400000&event=7&field=13",
    "lanes=persistent.websocket.sse.long",
    "view=lessons",
    "lesson=life&beat=4",
    "lesson=frame&beat=3",
    "view=cards",
    "card=keep-alive",
    "view=questions",
    "view=workbench",
    "view=workbench&tool=paste&octets=zz",
    "view=workbench&tool=accept&accept=x",
    "view=workbench&tool=break&case=utf8-split",
    "view=compare",
    "teach",
    "join",
    "lesson=life&beat=1&handout",
    "lesson=life&beat=4&present",
];
