//! Requests and the person's answers.

use app::{
    Answer as Decision,
    view::{AnswerView, RequestSummaryView, RequestView, TopicView},
};
use consent::RequestId;

use super::{Answer, Shared, id};
use crate::shell::{draw, now};

/// Returns the requests, open ones first.
#[tauri::command(async)]
pub(crate) fn list_requests(shell: Shared<'_>) -> Answer<Vec<RequestSummaryView>> {
    Ok(shell.with_vault(|vault| app::list_requests(vault, now()))?)
}

/// Returns one request.
#[tauri::command(async)]
pub(crate) fn find_request(shell: Shared<'_>, id: &str) -> Answer<RequestView> {
    let request = self::id(id)?;
    Ok(shell.with_vault(|vault| app::find_request(vault, &request, now()))?)
}

/// Answers a request.
#[tauri::command(async)]
pub(crate) fn answer_request(
    shell: Shared<'_>,
    id: &str,
    answer: AnswerView,
) -> Answer<RequestView> {
    let request: RequestId = self::id(id)?;
    let decision = match answer {
        AnswerView::Give { optional_fields } => Decision::Give { optional_fields },
        AnswerView::Refuse => Decision::Refuse,
        AnswerView::Later => Decision::Later,
    };
    let language = shell.language();
    let view = shell.with_vault(|vault| {
        app::answer_request(vault, &request, &decision, language, &mut draw, now())?;
        app::find_request(vault, &request, now())
    })?;
    shell.changed(&[
        TopicView::Requests,
        TopicView::Permissions,
        TopicView::Operators,
    ]);
    Ok(view)
}
