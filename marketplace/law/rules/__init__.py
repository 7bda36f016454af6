"""What the law asks of a product and of a text: sets, papers, words, policy versions. Figures with dates: `law.table`."""

from marketplace.law.rules.documents import (
    DISCLAIMER,
    DOCUMENT_HINTS,
    DOCUMENT_LABELS,
    DocumentKind,
    carries_disclaimer,
    document_label,
    required_documents,
)
from marketplace.law.rules.policies import CONSENT_VERSION, POLICIES, Policy
from marketplace.law.rules.refusing import name_each
from marketplace.law.rules.sets import (
    ADULT_AGE,
    ALCOHOL_SETS,
    GROUPS,
    HERBAL_SETS,
    LIVING_SETS,
    SETS,
    TOURISM_SETS,
    Group,
    ProductSet,
    is_alcohol,
    product_set,
)
from marketplace.law.rules.wording import Finding, FindingKind, check_text

__all__ = [
    "ADULT_AGE",
    "ALCOHOL_SETS",
    "CONSENT_VERSION",
    "DISCLAIMER",
    "DOCUMENT_HINTS",
    "DOCUMENT_LABELS",
    "GROUPS",
    "HERBAL_SETS",
    "LIVING_SETS",
    "POLICIES",
    "SETS",
    "TOURISM_SETS",
    "DocumentKind",
    "Finding",
    "FindingKind",
    "Group",
    "Policy",
    "ProductSet",
    "carries_disclaimer",
    "check_text",
    "document_label",
    "is_alcohol",
    "name_each",
    "product_set",
    "required_documents",
]
