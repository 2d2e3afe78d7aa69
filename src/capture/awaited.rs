//! What a lane is to hear, and how much of it has been heard.

/// The messages that are to come, in whatever order they do.
pub(super) struct Awaited {
    texts: Vec<String>,
    heard: Vec<bool>,
    /// How many were heard, and how many from the first on: most come in order, so that nothing has to be
    /// looked for.
    all: usize,
    first: usize,
}

impl Awaited {
    pub(super) fn new(texts: Vec<String>) -> Self {
        Self { heard: vec![false; texts.len()], texts, all: 0, first: 0 }
    }

    /// The place of the first message that says `text` and has not been heard yet, of the first `among`; it
    /// has been heard now.
    pub(super) fn hear(&mut self, text: &str, among: usize) -> Option<usize> {
        let fits = |&n: &usize| !self.heard[n] && self.texts[n] == text;
        let found = (self.first..self.texts.len().min(among)).find(fits)?;
        self.heard[found] = true;
        self.all += 1;
        while self.heard.get(self.first) == Some(&true) {
            self.first += 1;
        }
        Some(found)
    }

    /// What message `n` is to say.
    pub(super) fn text(&self, n: usize) -> Option<&String> {
        self.texts.get(n)
    }

    /// What the messages from `first` on are to say.
    pub(super) fn texts(&self, first: usize) -> impl Iterator<Item = &String> {
        self.texts.iter().skip(first)
    }

    /// How many have been heard.
    pub(super) fn heard(&self) -> usize {
        self.all
    }

    /// How many there are in all.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hears each text among so many; expects its place.
    fn check(texts: &[&str], heard: &[(&str, usize, Option<usize>)]) {
        let mut awaited = Awaited::new(texts.iter().map(|&text| text.to_owned()).collect());
        for &(text, among, expected) in heard {
            assert_eq!(awaited.hear(text, among), expected, "{text} among {among} of {texts:?}");
        }
        let found = heard.iter().filter(|row| row.2.is_some()).count();
        assert_eq!((awaited.heard(), awaited.len()), (found, texts.len()));
    }

    #[test]
    fn what_is_heard() {
        check(&[], &[("a", 9, None)]);
        check(&["a", "b"], &[("a", 2, Some(0)), ("b", 2, Some(1)), ("b", 2, None)]);
        check(&["a", "b", "c"], &[("c", 3, Some(2)), ("a", 3, Some(0)), ("b", 3, Some(1)), ("a", 3, None)]);
        // What was not said yet cannot have come back.
        check(&["a", "b"], &[("b", 1, None), ("a", 1, Some(0)), ("b", 2, Some(1))]);
        check(
            &["a", "a", "b"],
            &[("a", 3, Some(0)), ("hello", 3, None), ("a", 3, Some(1)), ("b", 3, Some(2))],
        );
    }
}
