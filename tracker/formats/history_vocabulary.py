"""What journals print before (or after) the dates of an article's history, language by language.

Phrases are written as printed, parted by commas; case, accents and punctuation between their words do not matter,
and a phrase that begins with another (“accepted in revised form”, “accepted”) wins over it. Collected from the
pages of publishers: Elsevier, Springer, Wiley, MDPI, PLOS, IEEE, ACM, IOP, SciELO, Thieme, CNKI and others.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "received", "revision_requested", "resubmitted", "accepted",
    "published", "published_in_issue", "corrected", "retracted",
]  # fmt: skip

Meaning = Kind | Literal["original", "decision", "early", "other"]
"""A kind of event, or one of four that only the rest of the line can place:

original — “in original form” (MNRAS): this date is the receipt, and the one called Received a revised version;
decision — a decision that does not say which: a request for revision if a re-submission follows it;
early — a preliminary version online: the publication only if the line has no other;
other — the date of something else, such as “date of current version”: left out.
"""

VOCABULARY: dict[str, dict[Meaning, str]] = {
    "en": {
        "received": """
            received, first received, originally received, received for publication, received for review,
            submitted, first submitted, initially submitted, originally submitted, submission,
            submission received, original submission, initial submission, receipt, date received,
            date submitted, date of receipt, date of submission, manuscript received, paper received,
            article received, original manuscript received, manuscript submitted, recd, rec d
        """,
        "revision_requested": """
            revision requested, revisions requested, revision required, revisions required,
            requested revision, requested revisions, revision request, revision invited, asked to revise,
            sent for revision, sent back for revision, returned for revision, returned for revisions,
            returned for modification, returned to author, returned to authors, returned to the author,
            returned to the authors, comments to author, comments to authors, decision to revise,
            revise decision, decision revise, decision revision, decision major revision,
            decision minor revision, revise and resubmit, revision decision, first revision requested,
            modification requested, modifications requested, date of revision request
        """,
        "resubmitted": """
            revised, revision, revisions, last revised, date revised, date of revision, revision date,
            received in revised form, received in final form, received in final revised form,
            received revised, received revised form, received revised version, received in modified form,
            received after revision, received in corrected form, submitted in revised form,
            submitted in final form, in revised form, in final form, in final revised form,
            in modified form, in revised version, revised form, revised form received, revised version,
            revised version received, revised version submitted, revised manuscript,
            revised paper received, revised manuscript received, revised manuscript submitted,
            revised article received, revised submission, revised submission received, revised received,
            revised copy received, revision received, revisions received, revision submitted,
            revisions submitted, first revision received, second revision received, final revision,
            final revision received, final version, final version received, final version submitted,
            final manuscript received, final form, final form received, resubmitted, re submitted,
            re submission, resubmission, resubmission received, re submission received,
            revised and resubmitted, after revision, modified, amended, re received, re revised
        """,
        "accepted": """
            accepted, acceptance, accepted for publication, accepted in revised form,
            accepted in final form, accepted in final revised form, accepted after revision,
            accepted after revisions, accepted with revision, accepted with revisions,
            accepted with minor revision, accepted with minor revisions,
            accepted for publication in revised form, accepted as revised,
            accepted for publication in final form, date accepted, date of acceptance, acceptance date,
            final acceptance, finally accepted, revision accepted, revised version accepted,
            revised manuscript accepted, revised form accepted, manuscript accepted, paper accepted,
            article accepted, approved, approved for publication
        """,
        "early": """
            accepted author version posted online, accepted author version published online,
            accepted manuscript posted online, accepted manuscript online, accepted manuscript published,
            accepted manuscript published online, accepted manuscript available online,
            accepted manuscript first published, accepted article online, accepted article published,
            accepted article published online, accepted article preview online,
            accepted article preview published online, accepted version posted online,
            accepted version available online, author accepted manuscript posted online,
            author accepted manuscript available online, just accepted, just accepted posted online,
            prepublished online, pre published online, corrected proof available online,
            corrected proof published online, uncorrected proof available online,
            uncorrected proof published online, version of record
        """,
        "published": """
            published, publication, published online, published on line, published online first,
            published first online, first published, first published online, first published on the web,
            first published as an advance article on the web, published electronically,
            electronically published, electronic publication, published on the web, published on web,
            published asap, web publication, e published, epublished, epub, e pub, epub ahead of print,
            published ahead of print, published online ahead of print, published in advance of print,
            available online, online available, made available online, available on line, first online,
            online first, online, online since, appeared online, posted online, early view,
            date of publication, date published, date of online publication, publication date,
            online publication, online publication date, advance access publication,
            advance access published, advance online publication, early online publication,
            published in advance access, papers in press, version of record online, released online,
            version of record published, version of record published online,
            version of record first published, version of record available online,
            article first published online, article published online, article published,
            final version published online, final version published, paper published, released,
            release date, ahead of print, online ahead of print
        """,
        "published_in_issue": """
            published in issue, published in an issue, issue published, issue published online,
            issue online, issue date, date of issue, issue publication date, issue release date,
            publication in issue, issue publication, appeared in issue, included in issue,
            published in print, in print, print, print publication, print publication date,
            date of print publication, print published, published print, first published in print,
            appeared in print, ppub, cover date, ecollection, assigned to issue, assigned to an issue
        """,
        "corrected": """
            corrected, correction, corrections, correction published, corrected online, erratum,
            correction published online, corrected version published, corrected and republished,
            corrected version published online, correction added, correction issued, erratum published,
            erratum published online, corrigendum, corrigendum published, date of correction
        """,
        "retracted": """
            retracted, retraction, retraction published, retraction published online, retraction notice,
            retraction notice published, date of retraction, article retracted, retraction date
        """,
        "original": "in original form, original form, in original version",
        "decision": """
            decision, editorial decision, editor decision, editor s decision, decision date,
            date of decision, decision letter
        """,
        "other": """
            first decision, final decision, date of current version, current version, version date,
            copyright, date of first decision, peer review, peer review started, under review,
            sent for review, article in press, in press, preprint, preprint submitted, preprint posted,
            preprint received, preprint published, preprint accepted, discussion started,
            discussion published, discussions published, review received, reviews received,
            report received, reports received, reviewed, updated, last updated, accessed, downloaded,
            proof received, proofs received, proofs, proof, galley received, corrected proof,
            corrected proofs, comments received, editor assigned, withdrawn, expression of concern,
            conditionally accepted, provisionally accepted, presented, posted, printed, grant received,
            funding received, not accepted, accepted subject to, license, licence, communicated,
            payment received, accepted manuscript, accepted version, last modified
        """,
    },
    "de": {
        "received": """
            eingegangen, eingereicht, eingang, eingangsdatum, manuskripteingang, manuskript eingegangen,
            eingang des manuskripts, eingelangt, erhalten, ersteinreichung, einreichung
        """,
        "revision_requested": """
            zur überarbeitung zurückgesandt, überarbeitung angefordert, revision angefordert
        """,
        "resubmitted": """
            überarbeitet, überarbeitete fassung, überarbeitete version, in überarbeiteter form, revidiert,
            überarbeitete fassung eingegangen, überarbeitete version eingegangen, in revidierter form,
            überarbeitung, revidierte fassung, revidierte fassung eingegangen, revidierte version,
            wiedereingereicht, erneut eingereicht, in überarbeiteter fassung,
            eingegangen in überarbeiteter form, revision eingegangen, eingegangen in revidierter form,
            in revidierter fassung, endfassung eingegangen, neu eingereicht, ueberarbeitet,
            ueberarbeitete fassung
        """,
        "accepted": """
            angenommen, akzeptiert, annahme, angenommen zur publikation, zur publikation angenommen,
            zur veröffentlichung angenommen, angenommen nach revision, angenommen nach überarbeitung,
            annahmedatum, zum druck angenommen, nach revision angenommen, manuskript angenommen,
            nach überarbeitung angenommen, manuskriptannahme, freigegeben
        """,
        "published": """
            online veröffentlicht, veröffentlicht, online publiziert, publiziert, veröffentlichung,
            erschienen, online erschienen, veröffentlichungsdatum, online veröffentlichung,
            online verfügbar, onlineveröffentlichung, online publikation, online veroeffentlicht,
            veroeffentlicht, erstveröffentlichung, publikationsdatum, online seit
        """,
        "published_in_issue": "im heft erschienen, gedruckt erschienen, heft erschienen, erscheinungsdatum",
        "corrected": "korrigiert, berichtigt, korrektur, berichtigung, korrektur veröffentlicht",
        "retracted": "zurückgezogen, retrahiert, retraktion",
        "other": "begutachtet, in druck, gutachten eingegangen, aktualisiert",
    },
    "fr": {
        "received": """
            reçu, reçue, reçus, soumis, soumise, manuscrit reçu, soumission, réception, date de réception,
            date de soumission, article reçu, déposé, reçu par la rédaction
        """,
        "revision_requested": """
            révision demandée, révisions demandées, modifications demandées, corrections demandées,
            renvoyé pour révision, retourné pour révision
        """,
        "resubmitted": """
            révisé, révisée, version révisée, version révisée reçue, reçu sous forme révisée,
            révision reçue, reçu en forme révisée, reçu en version révisée, révision, forme révisée,
            sous forme révisée, version définitive, version définitive reçue, reçu sous forme définitive,
            sous forme définitive, resoumis, soumis à nouveau, version finale, version finale reçue,
            reçu en forme finale, manuscrit révisé, manuscrit révisé reçu, version corrigée reçue,
            après révision, date de révision, reçu en version définitive, modifié, modifiée,
            version modifiée reçue, en version révisée
        """,
        "accepted": """
            accepté, acceptée, acceptés, acceptation, accepté après révision, acceptée après révision,
            accepté pour publication, accepté définitivement, date d'acceptation, approuvé,
            définitivement accepté, acceptation définitive, accepté sous forme révisée
        """,
        "published": """
            publié, publiée, publié en ligne, publiée en ligne, mis en ligne, mise en ligne,
            disponible en ligne, disponible sur internet, publication, publication en ligne, paru,
            paru en ligne, parution, date de publication, date de mise en ligne, première publication,
            accessible en ligne, en ligne, première publication en ligne
        """,
        "published_in_issue": "paru dans le numéro, publié dans le numéro, version papier, parution papier",
        "corrected": "corrigé, corrigée, correction, rectificatif, erratum, correction publiée",
        "retracted": "rétracté, rétractée, rétractation",
        "other": "évalué, mis à jour, sous presse, consulté, communiqué, rapport reçu",
    },
    "es": {
        "received": """
            recibido, recibida, recibidos, recepción, fecha de recepción, enviado, envío, fecha de envío,
            presentado, artículo recibido, manuscrito recibido, remitido, sometido,
            recibido para publicación, ingresado, ingreso, fecha recepción, postulado
        """,
        "revision_requested": """
            revisión solicitada, solicitud de revisión, modificaciones solicitadas, cambios solicitados,
            devuelto para revisión, devuelto a los autores
        """,
        "resubmitted": """
            revisado, revisada, revisión, fecha de revisión, versión revisada, reenviado,
            versión revisada recibida, recibido en forma revisada, recibido en versión revisada,
            en forma revisada, versión final, versión final recibida, versión corregida recibida,
            recibido en forma final, modificado, recibida versión revisada, versión modificada,
            manuscrito revisado, recibido con correcciones, recibido con modificaciones,
            versión definitiva, recibido revisado, revisiones recibidas, revisión recibida
        """,
        "accepted": """
            aceptado, aceptada, acepto, aceptados, aceptación, fecha de aceptación, aprobado, aprobada,
            aprobación, fecha de aprobación, aceptado para publicación, fecha aceptación,
            aceptado para su publicación, aceptado con modificaciones, aprobado para publicación,
            aceptado después de revisión, aceptado tras revisión
        """,
        "published": """
            publicado, publicada, publicado en línea, publicación, fecha de publicación, en línea,
            disponible en línea, publicación en línea, publicado online, disponible online,
            disponible en internet, primera publicación, publicación electrónica,
            fecha de publicación en línea, puesto en línea, publicado on line
        """,
        "published_in_issue": """
            publicado en el número, publicación impresa, versión impresa, publicado impreso
        """,
        "corrected": "corregido, corregida, corrección, fe de erratas, errata",
        "retracted": "retractado, retractada, retractación",
        "other": "evaluado, dictaminado, dictamen recibido, actualizado, en prensa, consultado",
    },
    "pt": {
        "received": """
            recebido, recebida, recebidos, recebimento, submetido, submetida, submissão, enviado,
            data de recebimento, data de submissão, data da submissão, data do recebimento, recepção,
            recebido para publicação, artigo recebido, encaminhado, apresentado, receção, envio, entrada,
            data de envio, data de recepção
        """,
        "revision_requested": """
            revisão solicitada, revisões solicitadas, revisões requeridas, correções solicitadas,
            devolvido para revisão, devolvido aos autores, reformulação solicitada
        """,
        "resubmitted": """
            revisado, revisada, revisto, revisão, versão revisada, versão revista, reformulado,
            versão revisada recebida, ressubmetido, reapresentado, recebido em versão revisada, reenviado,
            recebido em forma revisada, versão final, versão final recebida, data de revisão, reformulada,
            versão final apresentada, revisões recebidas, modificado, recebido após revisão,
            versão reformulada, em versão revisada, recebido revisado
        """,
        "accepted": """
            aceito, aceita, aceitos, aceite, aceitação, aprovado, aprovada, aprovação, data de aceite,
            data de aceitação, data de aprovação, aceito para publicação, aprovado para publicação,
            data do aceite, aceite para publicação, aceito após revisão, data da aprovação,
            data da aceitação
        """,
        "published": """
            publicado, publicada, publicado online, publicação, data de publicação, publicação online,
            disponível online, publicado em linha, disponível em linha, disponibilizado online, on line,
            data da publicação, publicação eletrônica, disponibilizado, publicação eletrónica
        """,
        "published_in_issue": "publicação impressa, versão impressa, publicado na edição",
        "corrected": "corrigido, corrigida, correção, errata, retificação, retificado",
        "retracted": "retratado, retratada, retratação, despublicado",
        "other": """
            parecer recebido, pareceres recebidos, avaliado, avaliação, preprint postado, atualizado,
            no prelo, preprint depositado, acesso, acessado, preprint recebido, preprint submetido,
            preprint publicado
        """,
    },
    "it": {
        "received": """
            ricevuto, ricevuta, pervenuto, inviato, sottomesso, ricevimento, presentato, sottoposto,
            data di ricezione, data di ricevimento, ricezione, data di sottomissione, manoscritto ricevuto
        """,
        "revision_requested": "revisione richiesta, revisioni richieste, richiesta di revisione",
        "resubmitted": """
            rivisto, riveduto, revisionato, revisione, versione rivista, ricevuto in forma rivista,
            versione riveduta, ripresentato, risottomesso, ricevuto in forma definitiva, versione finale,
            in forma definitiva, in forma rivista, versione definitiva, versione revisionata, modificato,
            data di revisione, revisione ricevuta
        """,
        "accepted": """
            accettato, accettata, accolto, approvato, accettazione, accettato per la pubblicazione,
            accettato per pubblicazione, data di accettazione, approvazione, accettato dopo revisione
        """,
        "published": """
            pubblicato, pubblicata, pubblicato online, pubblicazione, data di pubblicazione,
            disponibile online, pubblicazione online, pubblicato on line, in linea, prima pubblicazione
        """,
        "published_in_issue": "pubblicato nel fascicolo, versione a stampa, pubblicato a stampa",
        "corrected": "corretto, correzione, errata corrige",
        "retracted": "ritirato, ritrattato, ritrattazione",
        "other": "valutato, aggiornato, in corso di stampa",
    },
    "nl": {
        "received": """
            ontvangen, ingediend, ingezonden, ontvangst, ontvangstdatum, manuscript ontvangen,
            datum van ontvangst, datum ontvangst
        """,
        "revision_requested": "revisie gevraagd, herziening gevraagd, teruggestuurd voor revisie",
        "resubmitted": """
            herzien, herziene versie, herziene versie ontvangen, ontvangen in herziene vorm, gereviseerd,
            in herziene vorm, revisie, revisie ontvangen, opnieuw ingediend, herziening, gewijzigd,
            ontvangen in gereviseerde vorm, gereviseerde versie ontvangen
        """,
        "accepted": """
            geaccepteerd, aanvaard, aangenomen, geaccepteerd voor publicatie, acceptatie, goedgekeurd,
            aanvaard voor publicatie, acceptatiedatum, aanvaarding
        """,
        "published": """
            gepubliceerd, online gepubliceerd, verschenen, online verschenen, publicatie, publicatiedatum,
            online beschikbaar, beschikbaar online, eerst online gepubliceerd
        """,
        "published_in_issue": "in druk verschenen, gepubliceerd in nummer",
        "corrected": "gecorrigeerd, correctie, gerectificeerd, rectificatie",
        "retracted": "ingetrokken, teruggetrokken",
        "other": "beoordeeld, bijgewerkt",
    },
    "zh": {
        "received": "收稿, 收到, 来稿, 來稿, 投稿, 收到稿件, 收到初稿, 初稿收到, 原稿收到, 提交, 收件",
        "revision_requested": "退修, 退改, 退回修改",
        "resubmitted": """
            修回, 修订, 修訂, 修改, 改回, 修稿, 修改稿, 收修改稿, 修改稿收到, 收到修改稿, 修回稿, 修定,
            收修定稿, 返修, 再投, 收到修订稿, 修订稿收到, 修正
        """,
        "accepted": "录用, 錄用, 接受, 采用, 採用, 接收, 接受发表, 通过, 刊用",
        "early": "优先出版, 优先数字出版, 网络预出版",
        "published": """
            网络出版, 网络首发, 在线出版, 在线发表, 在线发布, 网络发表, 网络发布, 出版, 发布, 发表, 上线,
            线上出版, 網路出版, 線上出版, 發表, 發布, 刊登, 网刊发布, 首次发布, 在线优先出版, 网上出版,
            上网
        """,
        "published_in_issue": "刊出, 印刷出版, 纸质出版, 见刊, 刊期",
        "corrected": "更正, 勘误, 勘誤",
        "retracted": "撤稿, 撤回, 撤销",
        "other": "审稿, 外审, 送审, 定稿, 退稿, 下载, 引用, 更新",
    },
}
"""Language, meaning, and the phrases for it, parted by commas."""

NEUTRAL = """
    for publication, for review, for consideration, zur publikation, zur veröffentlichung, pour publication,
    para publicación, para su publicación, para publicação, per la pubblicazione, voor publicatie
"""
"""Phrases that hold a word of the vocabulary and say nothing."""

DAY_FIRST_MARKS = {"de": "-/.", "fr": "-/.", "it": "-/.", "nl": "-/.", "pt": "-/.", "es": "."}
"""The marks of numeric dates that are day first in every country of the language.

From the date formats of CLDR (unicode.org/cldr): English has both orders, and so has Spanish (Puerto Rico, Panama)
with dashes and slashes.
"""
