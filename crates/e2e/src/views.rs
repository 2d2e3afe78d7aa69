//! Every view of the page, for what must hold in all of them.

/// Their fragments: each part of the page, and what changes its shape.
pub const VIEWS: &[&str] = &[
    "",
    "t=1400000&event=7&field=13",
    "lanes=sse.long.six.deflate&scenario=ticker&tls=1.3&loss=100",
    "view=lessons",
    "lesson=life&beat=4",
    "lesson=frame&beat=3",
    "view=cards",
    "card=keep-alive",
    "view=questions",
    "view=workbench&tool=build&deflate=1&fragment=3&field=2",
    "view=workbench&tool=paste&octets=zz",
    "view=workbench&tool=accept&accept=x",
    "view=workbench&tool=break&case=utf8-split",
    "view=compare",
    "teach",
    "join",
    "lesson=life&beat=1&handout",
    "teach&handout=ten",
    "lesson=life&beat=4&present",
];
