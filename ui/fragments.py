"""Drawing one part of a page again from another part of it."""

from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx


def draw_again(key: str) -> None:
    """Draw the fragment with a key once the fragment that is running has ended.

    Nothing in a run of the whole page, which draws it anyway. `streamlit.rerun` takes a key in a
    widget's callback only.
    """
    run = get_script_run_ctx()
    if run is None or run.script_requests is None or not run.fragment_ids_this_run:
        return
    run.script_requests.request_rerun(
        RerunData(
            query_string=run.query_string,
            page_script_hash=run.page_script_hash,
            fragment_id_queue=run.fragment_storage.resolve_target(key),
            cached_message_hashes=run.cached_message_hashes,
            context_info=run.context_info,
        )
    )
