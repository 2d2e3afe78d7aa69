//! Field lines keep order and case, and are found without regard to case.

use wire::{Fields, Request, Response, Version};

#[test]
fn lookup_ignores_case_and_keeps_order() {
    let fields = Fields::new().with("A", "1").with("b", "2").with("a", "3");
    assert_eq!(fields.get("a"), Some("1"));
    assert_eq!(fields.all("A").collect::<Vec<_>>(), ["1", "3"]);
    assert_eq!(fields.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["A", "b", "a"]);
    assert_eq!(fields.get("c"), None);
    assert_eq!(fields.len(), 3);
}

#[test]
fn set_replaces_the_first_and_drops_the_others() {
    let mut fields = Fields::new().with("A", "1").with("b", "2").with("a", "3").with("c", "4");
    fields.set("a", "9");
    assert_eq!(fields, Fields::new().with("A", "9").with("b", "2").with("c", "4"));
    fields.set("d", "5");
    assert_eq!(fields.get("D"), Some("5"));
    fields.remove("B");
    assert_eq!(fields, Fields::new().with("A", "9").with("c", "4").with("d", "5"));
}

#[test]
fn lists_split_at_commas_outside_quotes() {
    #[track_caller]
    fn check(value: &str, expect: &[&str]) {
        assert_eq!(Fields::new().with("X", value).list("x").collect::<Vec<_>>(), expect);
    }
    check("a, b", &["a", "b"]);
    check("a,,b , ", &["a", "b"]);
    check("", &[]);
    check(r#"a; p="x, y", b"#, &[r#"a; p="x, y""#, "b"]);
    check(r#"a; p="x\", y", b"#, &[r#"a; p="x\", y""#, "b"]);
    check("\ta\t,\tb", &["a", "b"]);
}

#[test]
fn tokens_are_whole_elements() {
    #[track_caller]
    fn check(value: &str, expect: bool) {
        assert_eq!(Fields::new().with("Connection", value).has_token("connection", "upgrade"), expect);
    }
    check("Upgrade", true);
    check("keep-alive, upgrade", true);
    check("keep-alive", false);
    check("upgraded", false);
    check("not upgrade", false);
}

#[test]
fn persistence_of_rfc_9112_section_9_3() {
    #[track_caller]
    fn check(version: Version, connection: &str, expect: bool) {
        let fields = Fields::new().with("Connection", connection);
        let request = Request { version, fields: fields.clone(), ..Request::new("GET", "/") };
        assert_eq!(request.persists(), expect);
        let response = Response { version, fields, ..Response::new(200, "OK") };
        assert_eq!(response.persists(), expect);
    }
    check(Version::Http11, "", true);
    check(Version::Http11, "close", false);
    check(Version::Http11, "keep-alive, Close", false);
    check(Version::Http10, "", false);
    check(Version::Http10, "Keep-Alive", true);
    check(Version::Http10, "keep-alive, close", false);
}
