//! Doing what the script says, through the verbs.

use std::collections::HashMap;

use bytes::Bytes;
use domain::{
    actor::Actor,
    attachment::AttachmentUse,
    edition::Edition,
    ids::{EditionId, ResourceId, ReviewId},
    review::{Review, ReviewState},
};
use jiff::{SignedDuration, Timestamp};
use jobs::{Worker, WorkerOptions};
use policy::{Action, Target};

use super::{
    clock::DemoClock,
    documents::{base_day, draft},
    people::Cast,
    placeholders::{at, day_ago, fill},
    script::{Act, Scene, Script, after_submission, later, moment},
    sites::Stage,
    source::{SampleDocument, SampleState},
};
use crate::{
    App, AppError, AppResult,
    attachment::{Upload, upload},
    edition::{self, DraftChange},
    placement, recall, registry, review,
};

/// "Now" for the script.
const LEAD: SignedDuration = SignedDuration::from_mins(3);

/// What has become of a document so far.
#[derive(Debug, Clone, Copy)]
struct Played {
    resource: ResourceId,
    edition: EditionId,
    lock_version: i64,
    review: Option<ReviewId>,
}

/// The play: everybody, everything, and what has happened.
pub(super) struct Play<'a> {
    pub app: &'a App,
    pub clock: &'a DemoClock,
    pub cast: Cast,
    pub stage: Stage,
    pub documents: Vec<SampleDocument>,
    pub now: Timestamp,
    played: HashMap<usize, Played>,
}

impl<'a> Play<'a> {
    /// A play that has not begun.
    pub(super) fn new(
        app: &'a App,
        clock: &'a DemoClock,
        cast: Cast,
        stage: Stage,
        documents: Vec<SampleDocument>,
    ) -> Self {
        // The moved clock runs a little ahead of the script; it must have stopped before the real time goes on.
        let real = clock.real_now();
        let now = real.checked_sub(LEAD).unwrap_or(real);
        Self { app, clock, cast, stage, documents, now, played: HashMap::new() }
    }

    /// Plays all scenes; `progress` is told how many documents have been written.
    pub(super) async fn run(&mut self, progress: &mut (dyn FnMut(usize, usize) + Send)) -> AppResult<()> {
        let worker = Worker::new(self.app.store.clone(), registry(), self.app.clone(), WorkerOptions::default());
        let mut script = Script::of(&self.documents, self.now);
        while let Some((at, scene)) = script.next() {
            // What is noted so far goes live before the next scene, as it would.
            self.clock.move_to(at);
            let publishes = self.act(&mut script, scene).await.map_err(|error| self.name(scene, error))?;
            progress(self.played.len(), self.documents.len());
            if publishes {
                self.clock.move_to(at.checked_add(SignedDuration::from_secs(1)).unwrap_or(at));
                worker.run_until_idle().await?;
            }
        }
        Ok(())
    }

    fn name(&self, scene: Scene, error: AppError) -> AppError {
        AppError::internal(format!("demo: {} {:?}: {error}", self.documents[scene.document].slug, scene.act))
    }

    /// Does one scene; says whether a site changes by it.
    async fn act(&mut self, script: &mut Script, scene: Scene) -> AppResult<bool> {
        let sample = self.documents[scene.document].clone();
        match scene.act {
            Act::Write => self.write(scene.document, &sample).await.map(|()| false),
            Act::Submit => self.submit(script, scene.document, &sample, false).await.map(|()| false),
            Act::Pass => self.pass(scene.document, &sample).await,
            Act::Return => self.send_back(scene.document, &sample).await.map(|()| false),
            Act::PlaceElsewhere => self.place_elsewhere(scene.document, &sample).await.map(|()| true),
            Act::Revise => self.revise(script, scene.document, &sample).await.map(|()| false),
            Act::Recall => self.recall(scene.document, &sample).await.map(|()| true),
        }
    }

    async fn write(&mut self, document: usize, sample: &SampleDocument) -> AppResult<()> {
        let author = self.cast.login(&sample.author)?;
        let interprets = sample.interprets.as_deref().map(|slug| self.resource_of(slug)).transpose()?;
        let draft = draft(sample, self.cast.unit(&sample.unit)?.id, self.now, moment(sample, self.now), interprets)?;
        let loaded = edition::create(self.app, author, draft).await?;
        for file in &sample.attachment {
            let base = base_day(sample, self.now, moment(sample, self.now));
            let file = Upload {
                file_name: fill(&file.name, base),
                bytes: Bytes::from(fill(&file.text, base)),
                usage: AttachmentUse::Listed,
                alt_text: None,
                replace: false,
            };
            upload(self.app, author, loaded.edition.id, &file).await?;
        }
        if self.on_own_site(sample)? {
            let columns = sample
                .columns
                .iter()
                .map(|slug| self.stage.column(&sample.site, slug).map(|column| column.id))
                .collect::<AppResult<Vec<_>>>()?;
            let publish_at =
                sample.schedule.as_ref().map(|schedule| at(day_ago(self.now, -schedule.in_days), &schedule.time));
            placement::propose(self.app, author, loaded.resource.id, &columns, publish_at).await?;
        }
        edition::screen(self.app, author, loaded.edition.id).await?;
        self.note(document, &loaded.edition);
        Ok(())
    }

    async fn submit(
        &mut self,
        script: &mut Script,
        document: usize,
        sample: &SampleDocument,
        second: bool,
    ) -> AppResult<()> {
        let played = self.of(document)?;
        let author = self.author(sample, second)?;
        let submission = edition::submit(self.app, author, played.edition, played.lock_version).await?;
        let steps = submission.review.steps.len();
        self.note(document, &submission.edition);
        self.note_review(document, &submission.review);
        after_submission(script, document, sample, second, steps, self.now);
        let elsewhere = !sample.also_placed.is_empty() || !self.on_own_site(sample)?;
        if elsewhere && !second && sample.state.is_published() {
            script.add(later(moment(sample, self.now), 40).min(self.now), document, Act::PlaceElsewhere);
        }
        Ok(())
    }

    async fn pass(&mut self, document: usize, sample: &SampleDocument) -> AppResult<bool> {
        let (review, actor) = self.turn(document, sample).await?;
        let step = review.current_step().ok_or_else(|| AppError::internal("demo: no step waits"))?;
        let last = i64::from(step.position) == i64::try_from(review.steps.len()).unwrap_or(0);
        let opinion = if last { "同意入库发布。" } else { "内容准确，要素齐全。" };
        let passed = review::pass(self.app, actor, review.id, step.id, Some(opinion)).await?;
        Ok(passed.state == ReviewState::Passed && sample.state != SampleState::Scheduled)
    }

    async fn send_back(&mut self, document: usize, sample: &SampleDocument) -> AppResult<()> {
        let returned = sample.returned.as_ref().ok_or_else(|| AppError::internal("demo: no reason to return"))?;
        let played = self.of(document)?;
        let (review, _) = self.turn(document, sample).await?;
        let step = review.current_step().ok_or_else(|| AppError::internal("demo: no step waits"))?;
        let actor = self.cast.login(&returned.by)?;
        let loaded = edition::load(self.app, actor, played.edition).await?;
        let comment = review::NewComment {
            edition: played.edition,
            review: Some(review.id),
            field: "body".into(),
            range: edition::find_quote(&loaded.edition, "body", &returned.quote, ""),
            quote: Some(returned.quote.clone()),
            text: returned.comment.clone(),
        };
        review::comment(self.app, actor, &comment).await?;
        review::return_to_writer(self.app, actor, review.id, step.id, &returned.comment).await
    }

    async fn place_elsewhere(&mut self, document: usize, sample: &SampleDocument) -> AppResult<()> {
        let played = self.of(document)?;
        if !self.on_own_site(sample)? {
            // Another unit's site: its managers choose from the library what they use.
            let site = self.stage.site(&sample.site)?;
            let target = Target::Site { sponsor_path: &site.sponsor_path };
            let manager = self.cast.allowed(self.app, Action::PlacementPlace, &target)?;
            for slug in &sample.columns {
                let column = self.stage.column(&sample.site, slug)?.id;
                placement::place(self.app, manager, played.resource, column, None).await?;
            }
        }
        for place in &sample.also_placed {
            let column = self.stage.column(&place.site, &place.column)?.id;
            placement::place(self.app, self.cast.login(&place.by)?, played.resource, column, None).await?;
        }
        Ok(())
    }

    async fn revise(&mut self, script: &mut Script, document: usize, sample: &SampleDocument) -> AppResult<()> {
        let second = sample.second_edition.as_ref().ok_or_else(|| AppError::internal("demo: no second edition"))?;
        let played = self.of(document)?;
        let author = self.cast.login(&second.author)?;
        let revised = edition::revise(self.app, author, played.edition).await?;
        let change = DraftChange {
            lock_version: revised.lock_version,
            title: revised.title.clone(),
            body: fill(&second.body, base_day(sample, self.now, moment(sample, self.now))),
            elements: revised.elements.clone(),
            change_note: Some(second.change_note.clone()),
        };
        let saved = edition::save(self.app, author, revised.id, &change).await?;
        self.note(document, &saved);
        self.submit(script, document, sample, true).await
    }

    async fn recall(&mut self, document: usize, sample: &SampleDocument) -> AppResult<()> {
        let wanted = sample.recall.as_ref().ok_or_else(|| AppError::internal("demo: no reason to recall"))?;
        let played = self.of(document)?;
        let notice = "该信息已撤回，如需了解情况请与网站主办单位联系。";
        recall::recall(self.app, self.cast.login(&wanted.by)?, played.resource, &wanted.reason, notice).await?;
        Ok(())
    }

    /// The running review of a document and who can decide its present step.
    async fn turn(&self, document: usize, sample: &SampleDocument) -> AppResult<(Review, &Actor)> {
        let review = self.of(document)?.review.ok_or_else(|| AppError::internal("demo: not submitted"))?;
        let review = store::review::by_id(&self.app.store.read(), review)
            .await?
            .ok_or_else(|| AppError::internal("demo: the review is gone"))?;
        let step = review.current_step().ok_or_else(|| AppError::internal("demo: no step waits"))?;
        let actor = self.cast.reviewer(step, self.author(sample, false)?)?;
        Ok((review, actor))
    }

    /// Units propose columns of the sites they sponsor; other sites use what is in the library.
    fn on_own_site(&self, sample: &SampleDocument) -> AppResult<bool> {
        Ok(self.stage.site(&sample.site)?.sponsor == self.cast.unit(&sample.unit)?.id)
    }

    fn author(&self, sample: &SampleDocument, second: bool) -> AppResult<&Actor> {
        let login = match (&sample.second_edition, second) {
            (Some(edition), true) => &edition.author,
            _ => &sample.author,
        };
        self.cast.login(login)
    }

    fn resource_of(&self, slug: &str) -> AppResult<ResourceId> {
        let position = self.documents.iter().position(|sample| sample.slug == slug);
        let played = position.and_then(|position| self.played.get(&position));
        played
            .map(|played| played.resource)
            .ok_or_else(|| AppError::internal(format!("demo: {slug} is interpreted before it is written")))
    }

    fn of(&self, document: usize) -> AppResult<Played> {
        self.played.get(&document).copied().ok_or_else(|| AppError::internal("demo: not yet written"))
    }

    fn note(&mut self, document: usize, edition: &Edition) {
        let review = self.played.get(&document).and_then(|played| played.review);
        let played =
            Played { resource: edition.resource, edition: edition.id, lock_version: edition.lock_version, review };
        self.played.insert(document, played);
    }

    fn note_review(&mut self, document: usize, review: &Review) {
        if let Some(played) = self.played.get_mut(&document) {
            played.review = Some(review.id);
        }
    }
}
