"""What does not stay of an office document, as tables (W4).

Worked example: `<w:ins w:author="Asha" w:date="2026-11-02" w:rsidR="00A1"><w:t>x</w:t></w:ins>`
becomes `<w:ins w:author="Author"><w:t>x</w:t></w:ins>`: that something was put in is part of what
the document says, who did it and when is not.

The copy is for reading. So whatever acts, fetches or computes goes (fields, formulas, links,
controls), and what was last computed stays as words and numbers.
"""

from intake.documents.markup import Rules

SOMEBODY = "Author"
SOME_TIME = "2000-01-01T00:00:00"

_DRAWN = {"docPr": {"name": ""}, "cNvPr": {"name": ""}}
"""Programs put a picture's file name, and with it a folder's and a person's, beside the picture."""
_EVERYWHERE = frozenset({"extLst", "absPath", "hlinkClick", "hlinkHover", "hlinkMouseOver"})
_NOTED = frozenset({"descr", "title", "macro", "link", "href", "uid", "alternateTextHash"})

WORDS = Rules(
    dropped=_EVERYWHERE
    | {
        # documents in the document, and what fetches others
        "object", "control", "altChunk", "subDoc", "movie", "attachedTemplate", "mailMerge",
        "dataBinding", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic",
        # fields: what they were to compute; what they showed stays
        "instrText", "delInstrText", "ffData",
        # marks of a computer, of its hours of work, and of who protected what
        "rsids", "docId", "docVars", "permStart", "permEnd", "writeProtection",
        "documentProtection", "saveThroughXslt", "xmlNsDecls", "schemaLibrary", "hdrShapeDefaults",
    },
    unwrapped=frozenset({"hyperlink", "fldSimple", "smartTag", "customXml"}),
    bare=_NOTED
    | {
        "rsidR", "rsidRPr", "rsidRDefault", "rsidP", "rsidDel", "rsidTr", "rsidSect",
        "paraId", "textId", "initials", "date", "dateUtc", "userId", "providerId",
        "edGrp", "alt", "gfxdata",
    },
    changed={"author": SOMEBODY},
    changed_in=_DRAWN,
)  # fmt: skip

SHEETS = Rules(
    dropped=_EVERYWHERE
    | {
        "f", "calculatedColumnFormula", "totalsRowFormula", "definedNames", "dataValidations",
        "conditionalFormatting", "externalReferences", "oleObjects", "controls", "hyperlinks",
        "pivotCaches", "fileSharing", "fileVersion", "fileRecoveryPr", "revisionPtr",
        "customWorkbookViews", "customSheetViews", "webPublishing", "webPublishItems",
        "webPublishObjects", "smartTagPr", "smartTagTypes", "smartTags", "scenarios",
        "workbookProtection", "sheetProtection", "protectedRanges", "legacyDrawing",
        "legacyDrawingHF", "dataConsolidate", "cellWatches", "documentManagement", "xmlColumnPr",
    },
    bare=_NOTED | {"cm", "vm", "codeName", "connectionId", "queryTableFieldId"},
    changed_in=_DRAWN,
)  # fmt: skip

SLIDES = Rules(
    dropped=_EVERYWHERE
    | {
        "custDataLst", "embeddedFontLst", "controls", "sndAc", "oleObj",
        "videoFile", "audioFile", "wavAudioFile", "quickTimeFile", "audioCd", "snd",
        "modifyVerifier", "custShowLst", "photoAlbum", "timing",
    },
    bare=_NOTED | {"userDrawn", "removePersonalInfoOnSave"},
    changed_in=_DRAWN,
)  # fmt: skip

DRAWINGS = Rules(
    dropped=_EVERYWHERE | {"externalData", "userShapes", "custDataLst"},
    bare=_NOTED,
    changed_in=_DRAWN,
)

_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_COMPUTED = ("table-cell", "covered-table-cell", "variable-set", "expression", "sequence")
"""Shapes have formulas too, which say how they are drawn; those stay."""

OPEN_DOCUMENTS = Rules(
    dropped=frozenset(
        {
            # programs, forms, documents in the document, and what fetches others
            "scripts", "event-listeners", "event-listener", "forms", "object", "object-ole",
            "plugin", "applet", "floating-frame", "param", "binary-data", "font-face-src",
            "section-source", "table-source", "cell-range-source", "dde-source", "dde-link",
            "dde-links", "dde-connection-decls", "dde-connection", "database-ranges",
            "named-expressions", "content-validations", "scenario", "data-pilot-tables",
            "conditional-formats", "execute-macro", "script", "database-display",
            "database-row-select", "database-name", "consolidation", "sound",
            # who made it, when, where it lies
            "author-name", "author-initials", "initial-creator", "file-name", "template-name",
            "printed-by", "print-date", "print-time", "creation-date", "creation-time",
            "modification-date", "modification-time", "editing-cycles", "editing-duration",
            "sender-firstname", "sender-lastname", "sender-initials", "sender-title",
            "sender-position", "sender-email", "sender-phone-private", "sender-phone-work",
            "sender-fax", "sender-company", "sender-street", "sender-city", "sender-postal-code",
            "sender-country", "sender-state-or-province", "creator-initials", "date-string",
            "user-defined", "title", "desc",
        }
    ),
    unwrapped=frozenset({"a"}),
    reworded={(_DUBLIN_CORE, "creator"): SOMEBODY, (_DUBLIN_CORE, "date"): SOME_TIME},
    bare=frozenset(
        {
            "rsid", "paragraph-rsid", "protection-key", "protection-key-digest-algorithm",
            "sender-initials", "content-validation-name",
        }
    ),
    bare_in={name: frozenset({"formula"}) for name in _COMPUTED},
    changed_in={"frame": {"name": ""}},
)  # fmt: skip
