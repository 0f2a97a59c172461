"""What journals print with an article, in eight languages; every line here is made up in a publisher's style."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.dates import day_in_words
from tracker.domain.errors import BadInput
from tracker.formats.date_readings import read_printed_date
from tracker.formats.history_lines import as_json, parse_history
from tracker.formats.history_vocabulary import VOCABULARY

LINES = Path(__file__).parents[3] / "shared" / "data" / "lines" / "history-lines.csv"
PRINTED = Path(__file__).with_name("printed_lines.txt")
SHORT = {
    "received": "rec", "revision_requested": "req", "resubmitted": "rev", "accepted": "acc",
    "published": "pub", "published_in_issue": "iss", "corrected": "cor", "retracted": "ret",
}  # fmt: skip


def dates_in(text: str) -> str:
    return " ".join(f"{SHORT[event.kind]}:{event.on.iso}" for event in parse_history(text).events)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Processing dates: Received 3 May 2020; Re-submitted 2 June 2020; Accepted 7 July 2020; Published online "
         "14 August 2020", "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("Article history: Received 3 May 2020, Received in revised form 2 June 2020, Accepted 7 July 2020, Available "
         "online 14 August 2020, Version of Record 20 August 2020.",
         "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("Received: 3 May 2020 / Revised: 2 June 2020 / Accepted: 7 July 2020 / Published online: 14 August 2020",
         "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("Received 03 May 2020, Accepted 07 Jul 2020, Accepted author version posted online: 10 Jul 2020, Published "
         "online: 14 Aug 2020", "rec:2020-05-03 acc:2020-07-07 pub:2020-08-14"),
        ("Received 3 May 2020; accepted 7 July 2020. Date of publication 10 July 2020; date of current version "
         "14 August 2020.", "rec:2020-05-03 acc:2020-07-07 pub:2020-07-10"),
        ("Manuscript received May 3, 2020; revised June 2, 2020 and July 1, 2020; accepted July 7, 2020.",
         "rec:2020-05-03 rev:2020-06-02 rev:2020-07-01 acc:2020-07-07"),
        ("(Received 3 May 2020; revised manuscript received 2 June 2020; accepted 7 July 2020; published 14 Aug 2020)",
         "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("Received 3 May 2020, in final form 2 June 2020 Accepted for publication 7 July 2020 Published 14 August 2020",
         "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("Accepted 2020 July 7. Received 2020 June 2; in original form 2020 May 3",
         "acc:2020-07-07 rev:2020-06-02 rec:2020-05-03"),
        ("Received 3rd May 2020, Accepted 7th July 2020 First published on 14th August 2020",
         "rec:2020-05-03 acc:2020-07-07 pub:2020-08-14"),
        ("Received for publication, May 3, 2020, and in revised form, June 2, 2020 Published, JXY Papers in Press, "
         "July 7, 2020, DOI 10.5555/x.2019.01.02", "rec:2020-05-03 rev:2020-06-02 pub:2020-07-07"),
        ("(received for review May 3, 2020); approved July 7, 2020", "rec:2020-05-03 acc:2020-07-07"),
        ("Received: 3 May 2020 – Discussion started: 10 May 2020 – Revised: 2 June 2020 – Accepted: 7 July 2020 – "
         "Published: 14 August 2020", "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("submitted 03.05.20; peer-reviewed by A Roe, B Lind; comments to author 20.05.20; revised version received "
         "02.06.20; accepted 07.07.20; published 14.08.20",
         "rec:2020-05-03 req:2020-05-20 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("Received 3 May 2020. Returned for modification 20 May 2020. Accepted 7 July 2020. Accepted manuscript posted "
         "online 10 July 2020.", "rec:2020-05-03 req:2020-05-20 acc:2020-07-07 pub:2020-07-10"),
        ("[Submitted on 3 May 2020 (v1), last revised 2 Jun 2020 (this version, v2)]", "rec:2020-05-03 rev:2020-06-02"),
        ("Submitted 2020-05-03 | Accepted 2020-07-07 | Published 2020-08-14",
         "rec:2020-05-03 acc:2020-07-07 pub:2020-08-14"),
        ("Published online: 14 August 2020; Published in issue: October 2020", "pub:2020-08-14 iss:2020-10"),
        ("Received 11-Nov-2020; Accepted 07-DEC-20", "rec:2020-11-11 acc:2020-12-07"),
        ("Epub 2020 Aug 14. Print 2020 Oct.", "pub:2020-08-14 iss:2020-10"),
        ("Accepted: 7 July 2020. Retracted: 1 March 2021", "acc:2020-07-07 ret:2021-03-01"),
        ("Published 7 July 2020. Correction added on 1 March 2021, after first publication",
         "pub:2020-07-07 cor:2021-03-01"),
        ("Received 3 May 2020; Revision requested 20 May 2020; Re-submitted 2 June 2020",
         "rec:2020-05-03 req:2020-05-20 rev:2020-06-02"),
        ("Received 3 May 2020; Decision 20 May 2020; Revised 2 June 2020; Decision 4 July 2020",
         "rec:2020-05-03 req:2020-05-20 rev:2020-06-02"),
        ("Received / Revised / Accepted: 3 May 2020 / 2 June 2020 / 7 July 2020",
         "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07"),
        ("11 November 2020: Received; 7 December 2020: Accepted", "rec:2020-11-11 acc:2020-12-07"),
        ("12 May 2020. Received 3 March 2020; Accepted 5 April 2020", "rec:2020-03-03 acc:2020-04-05"),
        ("Accepted by R. Roe: 7 Jul. 2020; published: 14 Aug. 2020", "acc:2020-07-07 pub:2020-08-14"),
        ("Submitted 3 May 2020; Tentatively accepted 2 June 2020; Accepted after minor revisions 7 July 2020",
         "rec:2020-05-03 acc:2020-07-07"),
        ("Received 3 May 2020; Accepted (in revised version) 7 July 2020", "rec:2020-05-03 acc:2020-07-07"),
        ("Received: 3 May 2020; Paper pending published: 2 June 2020; Accepted: 7 July 2020; Published: 14 Aug 2020",
         "rec:2020-05-03 acc:2020-07-07 pub:2020-08-14"),
        ("Submitted 3 May 2020; accepted (pending minor revision) 2 June 2020; accepted 7 July 2020; published online "
         "before print 14 August 2020", "rec:2020-05-03 acc:2020-07-07 pub:2020-08-14"),
        ("Rec. 3 May 2020; Rev. 2 June 2020; Acc. 7 July 2020", "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07"),
        ("Received 3 May 2020; revised drafts 2 June 2020, 9 June 2020; Early Access: 14 August 2020",
         "rec:2020-05-03 rev:2020-06-02 rev:2020-06-09 pub:2020-08-14"),
        ("Published: 14 August 2020. Version of record published: 20 August 2020", "pub:2020-08-14"),
        ("Published online 14 August 2020; Published 1 October 2020", "pub:2020-08-14 iss:2020-10-01"),
        ("Received 3 May 2020; First decision 20 May 2020; Revised 2 June 2020",
         "rec:2020-05-03 req:2020-05-20 rev:2020-06-02"),
        ("The paper was received on 3 May 2020; a revised version was received 2 June 2020; it was accepted 7 July "
         "2020", "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07"),
        ("Received 3 May 2020; revised 2 June; accepted 7 July", "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07"),
        ("| Received | Accepted |\n| 3 May 2020 | 7 July 2020 |", "rec:2020-05-03 acc:2020-07-07"),
    ],
)  # fmt: skip
def test_lines_of_publishers_are_read(line: str, expected: str) -> None:
    assert dates_in(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Eingegangen am 3. Mai 2020; revidiert am 2. Juni 2020; angenommen am 7. Juli 2020; online veröffentlicht: "
         "14. August 2020", "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("Manuskripteingang: 03.05.2020, Annahme: 07.07.2020", "rec:2020-05-03 acc:2020-07-07"),
        ("am 3. Mai 2020 eingegangen, am 7. Juli 2020 angenommen", "rec:2020-05-03 acc:2020-07-07"),
        ("Reçu le 1er mai 2020 ; révisé le 2 juin 2020 ; accepté après révision le 7 juillet 2020 ; mis en ligne le "
         "14 août 2020", "rec:2020-05-01 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("Recibido: 3 de mayo de 2020. Revisado: 2 de junio de 2020. Aceptado: 7 de julio de 2020. Publicado en línea: "
         "14 de agosto del 2020", "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("Fecha de recepción: 3 de mayo de 2020. Fecha de aceptación: 7 de julio de 2020.",
         "rec:2020-05-03 acc:2020-07-07"),
        ("Recibido: 3 de mayo de 2020 Corregido: 2 de junio de 2020 Aceptado: 7 de julio de 2020",
         "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07"),
        ("Recebido em 1º de maio de 2020. Aprovado em 7 de julho de 2020. Publicado em 14/08/2020",
         "rec:2020-05-01 acc:2020-07-07 pub:2020-08-14"),
        ("Recebido em 03/05/2020; Aceito em 07/07/2020", "rec:2020-05-03 acc:2020-07-07"),
        ("Ricevuto il 3 maggio 2020; Accettato il 7 luglio 2020; Pubblicato online: 14 agosto 2020",
         "rec:2020-05-03 acc:2020-07-07 pub:2020-08-14"),
        ("Ontvangen: 3 mei 2020; Herziene versie: 2 juni 2020; Geaccepteerd: 7 juli 2020; Gepubliceerd: 14 augustus "
         "2020", "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("收稿日期：2020-05-03；修回日期：2020-06-02；录用日期：2020-07-07；网络出版日期：2020-08-14",
         "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("收稿日期：２０２０年５月３日　接受日期：2020 年 7 月 7 日", "rec:2020-05-03 acc:2020-07-07"),
        ("2020-05-03收稿，2020-06-02收修改稿，2020-07-07接受", "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07"),
        ("2020年5月3日收到，7月7日录用", "rec:2020-05-03 acc:2020-07-07"),
        ("Reçu / Received: 3 mai 2020", "rec:2020-05-03"),
        ("Eingang: 03.05.2020. Überarbeitete Einreichung: 02.06.2020. Annahme nach Revision: 07.07.2020. Publikation: "
         "14.08.2020", "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2020-08-14"),
        ("Eingesandt am 3. Mai 2020, akzeptiert in revidierter Form am 7. Juli 2020", "rec:2020-05-03 acc:2020-07-07"),
        ("Manuscrit reçu à la rédaction le 3 mai 2020 ; accepté avec révisions le 7 juillet 2020 ; mis en ligne sur "
         "Sentiers.info le 14/08/2020", "rec:2020-05-03 acc:2020-07-07 pub:2020-08-14"),
        ("Date de réception de l'article : 03/05/2020. Date d’acceptation de l’article : 07/07/2020",
         "rec:2020-05-03 acc:2020-07-07"),
        ("Fecha de presentación: 3 de mayo del año 2020. Recibido en su forma definitiva el 2 de junio de 2020",
         "rec:2020-05-03 rev:2020-06-02"),
        ("Recibido para su evaluación: 3 de mayo de 2020; recepción del original: 3 de mayo de 2020",
         "rec:2020-05-03"),
        ("Recebido para avaliação em 03.05.2020; recebido na forma final em 02.06.2020; publicado eletronicamente em "
         "14.08.2020", "rec:2020-05-03 rev:2020-06-02 pub:2020-08-14"),
        ("Ricevuto nella forma definitiva il 2 giugno 2020; accettato l'11 luglio 2020",
         "rev:2020-06-02 acc:2020-07-11"),
        ("Binnengekomen 3 mei 2020; definitieve versie ontvangen 2 juni 2020; datum acceptatie: 7 juli 2020",
         "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07"),
        ("收稿日期：2020－05－03；一修日期：2020－06－02；二修日期：2020－06－09；接受刊登日期：2020－07－07",
         "rec:2020-05-03 rev:2020-06-02 rev:2020-06-09 acc:2020-07-07"),
    ],
)  # fmt: skip
def test_lines_in_other_languages_are_read(line: str, expected: str) -> None:
    assert dates_in(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Received March 3; accepted May 7, 2020", "rec:2020-03-03 acc:2020-05-07"),
        ("Received: 1/24/2020; accepted: 4/5/2020", "rec:2020-01-24 acc:2020-04-05"),
        ("Received: 3.4.2020 Accepted: 31.8.2020", "rec:2020-04-03 acc:2020-08-31"),
        ("Received 05/05/2020", "rec:2020-05-05"),
        ("Manuscrit reçu le3mai2020", "rec:2020-05-03"),
        ("ReceivedMay3,2020;Accepted7July2020", "rec:2020-05-03 acc:2020-07-07"),
        ("Accepted Septem-\nber 7, 2020", "acc:2020-09-07"),
        ("Received l5 Ju1y 20l9", "rec:2019-07-15"),
        ("Received 20 April 20 10; accepted 1 May 2 010", "rec:2010-04-20 acc:2010-05-01"),
        ("Received 5 Febuary 2020", "rec:2020-02-05"),
        ("Recieved 3 May 2020; acepted 7 July 2020", "rec:2020-05-03 acc:2020-07-07"),
        ("R E C E I V E D 3 May 2020", "rec:2020-05-03"),
        ("收 稿 日 期：2 0 2 0－0 5－0 3", "rec:2020-05-03"),
        ("<p><b>Re&shy;ceived:</b>&nbsp;3&nbsp;May&nbsp;2020</p>", "rec:2020-05-03"),
        ("Received 1 January 1970; accepted 5 March 1970", "rec:1970-01-01 acc:1970-03-05"),
        (
            "Received 3.V.2020, revised 2-VI-2020, accepted 7 vii 2020, published 1.i.21",
            "rec:2020-05-03 rev:2020-06-02 acc:2020-07-07 pub:2021-01-01",
        ),
        ("Received May-3-2020; accepted 2020/July/7", "rec:2020-05-03 acc:2020-07-07"),
        ("Recibido: Mayo 3 - 2020", "rec:2020-05-03"),
        ("Received March 2020; accepted 2021", "rec:2020-03 acc:2021"),
        ("Received 3 May 2020; first received in 2020; accepted 2021", "rec:2020-05-03 acc:2021"),
        ("revised and accepted December 1, 2020", "rev:2020-12-01 acc:2020-12-01"),
        ("Submitted to J. Invent. Paths. June 3, 2020", "rec:2020-06-03"),
        ("Accepted 7 July 2020 Journal of Paths 140 (2021) 109687, NJ 07974-2070, pp. 12-14", "acc:2020-07-07"),
    ],
)
def test_awkward_printing_is_read_where_that_is_safe(line: str, expected: str) -> None:
    assert dates_in(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Received date / Revised version date",
        "Received on XXXXX; revised on XXXXX",
        "Received: XX May 20XX",
        "Received: DD Month YYYY",
        "Received..........; accepted..........",
        "Accepted for publication in the Journal of Paths",
        "Preprint submitted to Journal of Paths 3 May 2020",
        "Submitted for publication in Paths, 2020",
        "First decision: 3 May 2020",
        "Accepted papers will be published in 2021",
        "The talk was received with applause at the meeting of 3 May 2020",
        "J. Invent. Rev. 2020",
        "Copyright 2020; date of current version 3 May 2020",
        "Parecer recebido em 3 maio 2020",
        "The authors received funding on 3 May 2020",
        "The award was received on 3 May 2020",
        "Papers received after 3 May 2020",
        "Papers submitted by 3 May 2020",
        "Accepted for oral presentation at the congress, 3 May 2020",
        "Last date of submission: 3 May 2020",
        "论文录用通知：2020年5月3日前",
        "Manuscripts must be received by 3 May 2020",
        "Submission deadline: 3 May 2020; notification of acceptance: 7 July 2020",
        "Date limite de soumission : 3 mai 2020",
        "Bewerbungen werden bis 3. Mai 2020 angenommen",
        "Approved by the ethics committee on 3 May 2020",
        "本研究于2020年5月3日通过伦理委员会审查",
        "https://doi.org/10.5555/accepted.2020.05.03",
    ],
)
def test_lines_without_a_history_give_nothing(line: str) -> None:
    history = parse_history(line)
    assert (history.events, history.problems) == ((), ())


@pytest.mark.parametrize(
    ("line", "text", "reason"),
    [
        ("Received 03/04/2019", "03/04/2019", "03/04/2019 may be 3 April 2019 or 4 March 2019"),
        ("Received 31 February 2020", "31 February 2020", "“31 February 2020” is on no calendar"),
        ("Received 30/02/2020", "30/02/2020", "“30/02/2020” is on no calendar"),
        ("Accepted 20111-04-14", "20111-04-14", "“20111-04-14” cannot be right: no journal has the year 20111"),
        (
            "Accepted 14 April 20111",
            "14 April 20111",
            "“14 April 20111” cannot be right: no journal has the year 20111",
        ),
        ("Received 1970-01-01", "1970-01-01", "1 January 1970 is what computers print where they know no date"),
        ("Accepted 1899-12-30", "1899-12-30", "30 December 1899 is what computers print where they know no date"),
        (
            "Received 12 November",
            "12 November",
            "“12 November” has no year of its own, and the line does not settle it",
        ),
    ],
)
def test_what_the_line_does_not_settle_is_a_problem(line: str, text: str, reason: str) -> None:
    history = parse_history(line)
    assert history.events == ()
    assert [(problem.text, problem.reason) for problem in history.problems] == [(text, reason)]


def test_a_year_that_would_turn_the_order_round_is_not_borrowed() -> None:
    assert dates_in("Received 12 November; accepted 3 February 2020") == "acc:2020-02-03"


def test_dates_that_contradict_each_others_order_settle_nothing_else() -> None:
    assert dates_in("Received 24/01/2020; revised 02/03/2020; accepted 04/25/2020") == "rec:2020-01-24 acc:2020-04-25"


def test_labels_are_quoted_as_printed() -> None:
    line = "Manuscript received 3 May 2020; RECEIVED IN REVISED FORM 2 June 2020, 收稿日期：2020-05-03"
    labels = [event.label for event in parse_history(line).events]
    assert labels == ["Manuscript received", "RECEIVED IN REVISED FORM"]


def test_json_has_the_shape_of_the_contract() -> None:
    assert as_json(parse_history("Received March 2019; Accepted 01/02/2019")) == {
        "line": "Received March 2019; Accepted 01/02/2019",
        "events": [{"kind": "received", "on": "2019-03", "precision": "month", "label": "Received"}],
        "problems": [{"text": "01/02/2019", "reason": "01/02/2019 may be 1 February 2019 or 2 January 2019"}],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [("31st Aug. 1988", "1988-08-31"), ("2020年11月11日", "2020-11-11"), ("94-Mar-17", "1994-03-17"),
     ("June 17-21, 2007", "2007-06"), ("May, 1991", "1991-05"), ("Thursday, January the 2nd, 1978", "1978-01-02")],
)  # fmt: skip
def test_single_dates_are_read(text: str, expected: str) -> None:
    assert read_printed_date(text).iso == expected


def test_an_order_given_from_outside_settles_a_single_date() -> None:
    assert read_printed_date("03/04/2019", order="mdy").iso == "2019-03-04"
    with pytest.raises(BadInput, match="3 April 2019 or 4 March 2019"):
        read_printed_date("03/04/2019")


def test_lines_written_before_the_reader_was_looked_at_are_read() -> None:
    """Lines as publishers of all the languages word them, and lines that are no history, with what they say."""
    wrong = []
    for row in PRINTED.read_text(encoding="utf-8").splitlines():
        expected, _, printed = row.partition("\t")
        line = (
            printed.replace("\\n", "\n").replace("\\t", "\t").replace("\\u00a0", "\u00a0").replace("\\u00ad", "\u00ad")
        )
        line = line.replace("\\u2009", "\u2009").replace("\\u200b", "\u200b").replace("\\ufeff", "\ufeff")
        if sorted(dates_in(line).split()) != expected.split():
            wrong.append((printed, expected, dates_in(line)))
    assert wrong == []


@pytest.mark.skipif(not LINES.exists(), reason="the collected lines lie beside the project")
def test_the_collected_lines_are_read_exactly() -> None:
    wrong = []
    with LINES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            expected = {
                (kind, day)
                for column, kind in (("received", "received"), ("revised", "resubmitted"),
                                     ("accepted", "accepted"), ("published_online", "published"))
                for day in row[column].split(";") if day
            }  # fmt: skip
            found = {(event.kind, event.on.iso) for event in parse_history(row["text"]).events}
            if row["ambiguous"] == "0" and {pair for pair in found if pair[0] != "revision_requested"} != expected:
                wrong.append(row["id"])
    assert wrong == []


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet="Received accepted 0123456789/-.,;年月日 Mayjune", max_size=300))
def test_any_text_gives_real_dates_that_stand_in_it(text: str) -> None:
    for event in parse_history(text).events:
        digits = "".join(str(int(c)) if c.isdecimal() else c for c in text.lower().replace(" ", ""))
        assert str(event.on.first.year)[2:] in digits.translate(str.maketrans("lio", "110"))


PHRASES = [phrase.strip() for words in VOCABULARY.values() for text in words.values() for phrase in text.split(",")]
PIECES = st.sampled_from(PHRASES) | st.sampled_from(
    [
        "3 May 2020",
        "2020-05-03",
        "03/04/2020",
        "3 May",
        "was",
        "by",
        "after",
        "the",
        "and",
        ";",
        ":",
        "/",
        "|",
        ".",
        " ",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["", " "]))
def test_the_words_of_the_vocabulary_in_any_order_are_no_error(pieces: list[str], between: str) -> None:
    history = parse_history(between.join(pieces))
    assert {event.on.iso for event in history.events} <= {"2020-05-03", "2020", "2020-05", "2020-03-05", "2020-04-03"}


@pytest.mark.parametrize(
    "piece",
    ["Received 3 May 2020; ", " ", "1 ", "received ", "5 may ", "a- ", "3/4/", "收稿", "x" * 50, "10.1234/", "may 1 "],
)
def test_a_very_long_line_takes_time_in_proportion(piece: str) -> None:
    long = piece * (200_000 // len(piece))
    began = time.process_time()
    parse_history("Received 5 May" + long)
    assert time.process_time() - began < 5


EVENTS = st.lists(
    st.tuples(st.sampled_from(("Received", "Re-submitted", "Accepted", "Published online")),
              st.dates(date(1900, 1, 1), date(2100, 1, 1)).filter(lambda day: day != date(1970, 1, 1))),
    min_size=1, max_size=6, unique=True,
)  # fmt: skip


@given(EVENTS)
def test_a_line_in_the_seeds_style_gives_its_events_back(events: list[tuple[str, date]]) -> None:
    line = "Processing dates: " + "; ".join(f"{label} {day_in_words(day)}" for label, day in events)
    history = parse_history(line)
    assert [(event.label, event.on.first) for event in history.events] == events
    assert history.problems == ()
