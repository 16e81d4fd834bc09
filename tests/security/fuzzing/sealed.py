"""Sealed things with bytes that are not as they were, receipts that nobody was given, and files."""

import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from random import Random

from flows.values import StoredFile
from intake.files import FileDesk, FileRefused
from sealing.blobs import new_content_key, open_stream, seal_stream
from sealing.check_digit import check_digit
from sealing.envelope import SealedEnvelope
from sealing.failures import SealingError
from sealing.identifiers import new_id
from sealing.identities import new_identity
from sealing.key_ring import new_key_ring
from sealing.opening import open_part
from sealing.receipts import Receipt, ReceiptMistake, ReceiptTerms, derive, mint, parse_receipt
from sealing.seal import seal
from sealing.stretching import TEST_COST
from storage.blobs import BlobFolder
from tests.intake.documents.packages import letter, open_letter, packed
from tests.security.fuzzing.making import bent_bytes, text
from tests.security.fuzzing.surface import Strike, Surface
from tests.security.hostile_files import CLEANED, GPS, SCRIPT, in_chunks, office


@asynccontextmanager
async def envelopes(_folder: Path) -> AsyncIterator[Strike]:
    identity, ref = new_identity(), new_id()
    told = {"account": b"CANARY" * 20, "identity": b"name"}
    whole = seal(ref, told, [identity.recipient]).encode()

    async def strike(random: Random) -> None:
        bent = bent_bytes(random, whole)
        try:
            envelope = SealedEnvelope.decode(bent, ref)
            opened = {name: open_part(envelope, name, identity) for name in envelope.names}
        except SealingError as fault:
            assert "CANARY" not in str(fault)
        else:
            assert opened.items() <= told.items()

    yield strike


@asynccontextmanager
async def blobs(_folder: Path) -> AsyncIterator[Strike]:
    key = new_content_key()
    content = bytes(range(256)) * 600
    whole = b"".join(seal_stream((content,), key))

    async def strike(random: Random) -> None:
        bent = bent_bytes(random, whole)
        try:
            opened = b"".join(open_stream((bent,), key))
        except SealingError:
            return
        assert opened == content
        assert bent == whole

    yield strike


@asynccontextmanager
async def rows(_folder: Path) -> AsyncIterator[Strike]:
    ring = new_key_ring(date(2026, 8, 3))
    whole = ring.seal_row("dialogues", "state", "p" * 26, b"CANARY")

    async def strike(random: Random) -> None:
        bent = bent_bytes(random, whole)
        try:
            opened = ring.open_row("dialogues", "state", "p" * 26, bent)
        except SealingError as fault:
            assert "CANARY" not in str(fault)
        else:
            assert (opened, bent) == (b"CANARY", whole)

    yield strike


@asynccontextmanager
async def receipts(_folder: Path) -> AsyncIterator[Strike]:
    terms = ReceiptTerms(salt=b"s" * 16, cost=TEST_COST)
    minted = [mint(terms) for _ in range(50)]
    known = {each.lookup for each in minted}
    given = {each.receipt.digits for each in minted}

    async def strike(random: Random) -> None:
        digits = random.choice(minted).receipt.digits
        match random.randrange(5):
            case 0:
                typed = text(random)
            case 1:
                near = list(digits[:-1])
                near[random.randrange(16)] = str(random.randrange(10))
                typed = "".join(near) + check_digit("".join(near))
            case 2:
                guess = "".join(random.choices("0123456789", k=16))
                typed = guess + check_digit(guess)
            case 3:
                typed = "".join(
                    random.choice((digit, chr(0x0660 + int(digit)), chr(0xFF10 + int(digit))))
                    + random.choice(("", "", "-", " ", "\u200f", text(random)[:1]))
                    for digit in digits
                )
            case _:
                at = random.randrange(16)
                typed = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        parsed = parse_receipt(typed)
        assert isinstance(parsed, Receipt | ReceiptMistake)
        if isinstance(parsed, Receipt):
            opens = derive(parsed, terms).lookup in known
            assert opens == (parsed.digits in given)
            written = "".join(
                str(unicodedata.decimal(sign))
                for sign in typed
                if unicodedata.decimal(sign, None) is not None
            )
            assert parsed.digits == written

    yield strike


SAMPLES = (
    *CLEANED.values(),
    office(document=b"words"),
    packed(letter()),
    packed(open_letter()),
    b"OggS\x00\x02" + bytes(22) + b"\x01\x13OpusHead\x01\x01" + bytes(200),
    b"ID3\x04\x00\x00\x00\x00\x00\x21TIT2" + bytes(300),
    b"\x00\x00\x00\x18ftypisom" + bytes(300),
    "Plain words. Чистые слова. ".encode() * 30,
)


@asynccontextmanager
async def files(folder: Path) -> AsyncIterator[Strike]:
    kept_in = BlobFolder(folder / "blobs")
    desk = FileDesk(kept_in, most_bytes=1_000_000)

    async def strike(random: Random) -> None:
        sent = bent_bytes(random, random.choice(SAMPLES))
        kept = await desk.keep(text(random), in_chunks(sent, random.choice((1, 7, 4096, 65536))))
        assert isinstance(kept, StoredFile | FileRefused)
        if isinstance(kept, FileRefused):
            assert list(kept_in.ids()) == []
            return
        assert kept.size == len(sent)
        assert b"".join(open_stream(kept_in.read(kept.blob), kept.key)) == sent
        kept_in.drop(kept.blob)
        if kept.cleaned is not None:
            copy = b"".join(open_stream(kept_in.read(kept.cleaned.blob), kept.cleaned.key))
            kept_in.drop(kept.cleaned.blob)
            if kept.media_type.startswith("image/"):
                assert GPS not in copy
                assert SCRIPT not in copy

    yield strike


SURFACES = (
    Surface(
        name="envelopes",
        claim="a bent envelope opens to what was sealed or not at all",
        open=envelopes,
        strikes=600,
    ),
    Surface(
        name="blobs",
        claim="a bent file opens to what was sealed or not at all",
        open=blobs,
        strikes=600,
    ),
    Surface(
        name="rows",
        claim="a bent row opens to what was sealed or not at all",
        open=rows,
        strikes=2_000,
    ),
    Surface(
        name="receipts",
        claim="a receipt that nobody was given opens nothing",
        open=receipts,
        strikes=2_000,
    ),
    Surface(
        name="files",
        claim="a bent file is refused or taken, and a photo's copy tells nothing",
        open=files,
        strikes=10,
    ),
)
