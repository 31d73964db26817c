"""Records of the last reading: what has the same text is the same record."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.model.records import Paper
from catalog.model.types import Value
from catalog.store.yaml import Document
from catalog.store.yaml.plain_records import RecordsDocument


@dataclass(slots=True)
class KnownRecords:
    """Values and valid papers by the text of their records, for a process that reads again."""

    values: dict[str, Value] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)

    def validate(self, value: Value, text: str | None) -> Paper:
        """Return the paper of a record. Raises `ValidationError`, as the model does."""
        if text is None:
            return Paper.model_validate(value)
        if text not in self.papers:
            self.papers[text] = Paper.model_validate(value)
        return self.papers[text]

    def keep(self, documents: Iterable[Document]) -> None:
        """Forget all records but those of these documents."""
        self.values = {
            text: value
            for document in documents
            if isinstance(document, RecordsDocument)
            for text, value in document.by_text()
        }
        self.papers = {text: self.papers[text] for text in self.values if text in self.papers}
