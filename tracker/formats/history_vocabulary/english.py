"""The labels of English journals."""

from __future__ import annotations

from tracker.formats.history_vocabulary.meanings import Meaning

LABELS: dict[Meaning, str] = {
    "received": """
        received, first received, originally received, received for publication, received for review, submitted,
        first submitted, initially submitted, originally submitted, submission, submission received, original
        submission, initial submission, receipt, date received, date submitted, date of receipt, date of
        submission, original manuscript received, recd, rec d, rec, subm, initial receipt, first receipt, date
        of first submission, date of initial submission, submission date, date of original submission, received
        by the editors, first version received, original version received, recvd, received by the editor, ms received
    """,
    "revision_requested": """
        revision requested, revisions requested, revision required, revisions required, requested revision,
        requested revisions, revision request, revision invited, asked to revise, sent for revision, sent back
        for revision, returned for revision, returned for revisions, returned for modification, returned to
        author, returned to authors, returned to the author, returned to the authors, comments to author,
        comments to authors, decision to revise, revise decision, decision revise, decision revision, decision
        major revision, decision minor revision, revise and resubmit, revision decision, first revision
        requested, modification requested, modifications requested, date of revision request, sent back to
        author for revision, sent back to authors for revision, sent to author for revision, sent to authors for
        revision, returned to author for revision, returned to authors for revision, returned to the author for
        revision, returned to the authors for revision, major revision requested, major revisions requested,
        minor revision requested, minor revisions requested, major revision required, minor revision required,
        revision asked, revisions asked, revision decision sent
    """,
    "resubmitted": """
        revised, revision, revisions, last revised, date revised, date of revision, revision date, received in
        revised form, received in final form, received in final revised form, received revised, received revised
        form, received revised version, received in modified form, received after revision, received in
        corrected form, submitted in revised form, submitted in final form, in revised form, in final form, in
        final revised form, in modified form, in revised version, revised form, revised form received, revised
        version, revised version received, revised version submitted, revised manuscript, revised paper
        received, revised manuscript received, revised manuscript submitted, revised article received, revised
        submission, revised submission received, revised received, revised copy received, revision received,
        revisions received, revision submitted, revisions submitted, first revision received, second revision
        received, final revision, final revision received, final version, final version received, final version
        submitted, final manuscript received, final form, final form received, resubmitted, re submitted, re
        submission, resubmission, resubmission received, re submission received, revised and resubmitted, after
        revision, modified, amended, re received, re revised, rev, received back, revised version resubmitted,
        date of resubmission, date resubmitted, resubmission date, second version received, revised form
        accepted for review, last revision, last revision received, latest revision, received with revisions,
        received with corrections, received in final version, received in revised version, submitted in revised
        version, in final version, returned revised, second submission, third submission, nd submission, rd
        submission, revised versions, in revised forms, revised forms, corrected version received, corrected
        manuscript received, revd, rev d, final draft received, revised draft received, revised draft
    """,
    "accepted": """
        accepted, acceptance, accepted for publication, accepted in revised form, accepted in final form,
        accepted in final revised form, accepted after revision, accepted after revisions, accepted with
        revision, accepted with revisions, accepted with minor revision, accepted with minor revisions, accepted
        for publication in revised form, accepted as revised, accepted for publication in final form, date
        accepted, date of acceptance, acceptance date, final acceptance, finally accepted, revision accepted,
        revised version accepted, revised revised form accepted, manuscript accepted, approved, approved for
        publication, acc, accepted in revised version, accepted in final version, accepted for publication in
        revised version, accepted following revision, accepted for publication after revision, accepted subject
        to no changes, formally accepted, final version accepted, approval, date of approval, date approved,
        accepted with changes, accepted with minor changes, accepted with corrections, accepted after
        corrections, accepted with modifications, accepted after peer review, accepted upon revision, accd, acc d,
        accpt, acpt
    """,
    "early": """
        accepted author version posted online, accepted author version published online, accepted manuscript
        posted online, accepted manuscript online, accepted manuscript published, accepted manuscript published
        online, accepted manuscript available online, accepted manuscript first published, accepted article
        online, accepted article published, accepted article published online, accepted article preview online,
        accepted article preview published online, accepted version posted online, accepted version available
        online, author accepted manuscript posted online, author accepted manuscript available online, just
        accepted, just accepted posted online, prepublished online, pre published online, corrected proof
        available online, corrected proof published online, uncorrected proof available online, uncorrected
        proof published online, version of record, paper pending publication, accepted paper online, pre proof online
    """,
    "record": """
        version of record online, version of record published, version of record published online, version of record
        first published, version of record available online, version of record first published online, final version
        published online, final version published
    """,
    "appeared": """
        published, publication, date of publication, date published, publication date, published date, publ, pub
    """,
    "published": """
        publication in this collection, published online, published on line, published online first, published
        first online, first published, first published online, first published on the web, first published as an
        advance article on the web, published electronically, electronically published, electronic publication,
        published on the web, published on web, published asap, web publication, e published, epublished, epub,
        e pub, epub ahead of print, published ahead of print, published online ahead of print, published in
        advance of print, available online, online available, made available online, available on line, first
        online, online first, online, online since, appeared online, posted online, early view, date of online
        publication, online publication, online publication date, advance access publication, advance access
        published, advance online publication, early online publication, published in advance access, papers in
        press, released online, released on j stage, published on j stage, advance publication, advance
        publication by j stage, first release, published first release, published in first release, released,
        release date, ahead of print, online ahead of print, early access, early access published, published
        early online, published early access, published in early access, published online in articles in
        advance, published in articles in advance, articles in advance, published online in advance, published
        online early, online early, published via early access, first available online, electronic version
        published, e publication, online release, date of online release, web published, published online since,
        available online since, available since, published online before print, online before print, epub before
        print, published before print, published online ahead of issue
    """,
    "published_in_issue": """
        published in issue, published in an issue, issue published, issue published online, issue online, issue
        date, date of issue, issue publication date, issue release date, publication in issue, issue
        publication, appeared in issue, included in issue, published in print, in print, print, print
        publication, print publication date, date of print publication, print published, published print, first
        published in print, appeared in print, ppub, cover date, ecollection, assigned to issue, assigned to an
        issue
    """,
    "corrected": """
        corrected, correction, corrections, correction published, corrected online, erratum, correction
        published online, corrected version published, corrected and republished, corrected version published
        online, correction added, correction issued, erratum published, erratum published online, corrigendum,
        corrigendum published, date of correction
    """,
    "retracted": """
        retracted, retraction, retraction published, retraction published online, retraction notice, retraction
        notice published, date of retraction, retraction date
    """,
    "original": "in original form, original form, in original version",
    "decision": """
        decision, editorial decision, editor decision, editor s decision, decision date, date of decision,
        decision letter, first decision, date of first decision, initial decision, first editorial decision
    """,
    "limit": """
        deadline, last date, latest date, final date, submission deadline, deadline for submission, deadline for
        submissions, submissions deadline, due, due date, closing date, notification, notified of acceptance,
        notification of acceptance, acceptance notification, camera ready, call for papers, no later than,
        until, till, before, valid until, expires, expiry, open for submissions, submissions open
    """,
    "other": """
        final decision, accepted for presentation, accepted for oral presentation, accepted for poster
        presentation, date of current version, current version, version date, copyright, peer review, peer
        review started, under review, sent for review, in press, preprint, preprint submitted, preprint posted,
        preprint received, preprint published, preprint accepted, discussion started, discussion published,
        discussions published, review received, reviews received, report received, reports received, reviewed,
        updated, last updated, accessed, downloaded, proof received, proofs received, proofs, proof, galley
        received, corrected proof, corrected proofs, comments received, editor assigned, withdrawn, expression
        of concern, conditionally accepted, provisionally accepted, presented, posted, printed, grant received,
        funding received, not accepted, accepted subject to, license, licence, communicated, payment received,
        accepted manuscript, accepted version, last modified, paper pending published, paper pending, will be
        published, to be published, will appear, to appear, may be published, expected publication, rejected,
        not published, first received by, tentatively accepted, conditional acceptance, provisional acceptance,
        accepted conditionally, accepted provisionally, accepted subject to revision, accepted subject to
        revisions, accepted subject to minor revision, accepted subject to minor revisions, accepted pending
        revision, accepted pending revisions, accepted pending minor revisions, accepted in principle,
        acceptance in principle, initially accepted, peer review completed, reviewers comments received, reviews
        completed, peer reviewed, sent to reviewers, sent to review, in production
    """,
}
