//! What the browser measured of the requests of an HTTP lane, added to what its script wrote down.

use trace::answer::EVENTS;
use trace::record::RequestLog;

use super::clear;
use super::course::Course;
use super::timing::Sightings;

/// Waits a moment for the measurements of all that a `fetch` has brought the answer to, and fills them in.
pub(super) async fn fill_in(course: &Course<'_>, requests: &mut [RequestLog], sightings: &Sightings) {
    let mut answered: Vec<_> =
        requests.iter_mut().filter(|it| it.in_hand.is_some() && it.target != EVENTS).collect();
    let address = course.place.address();
    let asked = answered.iter().map(|it| (address.url(&it.target), it.called)).collect::<Vec<_>>();
    let sights = sightings.of(&asked).await;
    let mut known = Vec::new();
    for (request, sight) in answered.iter_mut().zip(sights) {
        let first = request.connection.map(|connection| !known.contains(&connection));
        known.extend(request.connection);
        request.reused = first.map(|first| !first);
        // Not every browser writes down the workers that let a request pass.
        request.worker = !clear::is_clear() || sight.as_ref().is_some_and(|it| it.worker);
        let Some(sight) = sight else { continue };
        request.request_start = sight.request_start;
        request.response_start = sight.response_start;
        request.response_end = sight.response_end;
        // A new connection to this computer may take less than the clock's step: the server knows better.
        request.reused = request.reused.or(sight.reused);
    }
}
