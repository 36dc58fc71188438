"""Static files under names that carry a hash of their content, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Also rewrites what ES modules import, or a new page would load the old module beside the new one.

    Each pass settles one more link in a chain of imports; a circle of them never settles, and is refused.
    """

    support_js_module_import_aggregation = True
    max_post_process_passes = 12
