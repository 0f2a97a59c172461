"""The labels of French journals."""

from __future__ import annotations

from tracker.formats.history_vocabulary.meanings import Meaning

LABELS: dict[Meaning, str] = {
    "received": """
        reçu, reçue, reçus, soumis, soumise, soumission, réception, date de réception, date de soumission,
        déposé, reçu par la rédaction, réceptionné, reçu à la rédaction, reçu en première version, reçue en
        première version, première version reçue, première version, reçu au comité de rédaction, première
        soumission, soumission initiale, proposé, remis, version initiale reçue, parvenu à la rédaction, arrivé
        à la rédaction, arrivée du manuscrit,
        dépôt, date de dépôt, déposée
    """,
    "revision_requested": """
        révision demandée, révisions demandées, modifications demandées, corrections demandées, renvoyé pour
        révision, retourné pour révision, demande de révision, demande de révisions, demande de modifications,
        demande de corrections, révision demandée aux auteurs, retourné aux auteurs, renvoyé aux auteurs,
        retourné à l'auteur, renvoyé à l'auteur
    """,
    "resubmitted": """
        révisé, révisée, version révisée, version révisée reçue, reçu sous forme révisée, révision reçue, reçu
        en forme révisée, reçu en version révisée, révision, forme révisée, sous forme révisée, version
        définitive, version définitive reçue, reçu sous forme définitive, sous forme définitive, resoumis,
        soumis à nouveau, version finale, version finale reçue, reçu en forme finale, manuscrit révisé reçu,
        version corrigée reçue, après révision, date de révision, reçu en version définitive, modifié, modifiée,
        version modifiée reçue, en version révisée, reçu révisé, reçu sous la forme révisée, reçu sous sa forme
        révisée, sous la forme révisée, reçu dans sa forme révisée, reçu dans sa version révisée, reçu dans sa
        version définitive, reçu sous la forme définitive, reçu sous sa forme définitive, forme définitive,
        forme définitive reçue, version remaniée, version remaniée reçue, reçu en version remaniée, reçu en
        version corrigée, reçu après révision, reçu après correction, reçu après modifications, version
        corrigée, nouvelle soumission, resoumission, dernière révision, révisions reçues, retour de révision,
        version modifiée, modifications reçues, date de resoumission, date de modification, réception de la
        version révisée
    """,
    "accepted": """
        accepté, acceptée, acceptés, acceptation, accepté après révision, acceptée après révision, accepté pour
        publication, accepté définitivement, date d'acceptation, approuvé, définitivement accepté, acceptation
        définitive, accepté sous forme révisée, accepté avec révisions, accepté avec modifications, accepté avec
        corrections, accepté après révisions, accepté après modifications, accepté après corrections, accepté
        après correction, accepté en version révisée, version révisée acceptée, version définitive acceptée,
        version finale acceptée, acceptation finale, acceptée pour publication, acceptation pour publication,
        approbation, approuvée, date d'approbation, avis favorable
    """,
    "appeared": """
        publié, publiée, publication, paru, parue, parution, date de publication, date de parution
    """,
    "published": """
        publié en ligne, publiée en ligne, mis en ligne, mise en ligne, disponible en ligne, disponible sur
        internet, publication en ligne, paru en ligne, date de mise en ligne, première publication, accessible
        en ligne, en ligne, première publication en ligne, mise en ligne le, publication électronique, date de
        publication électronique, date de publication en ligne, parue en ligne, publié électroniquement,
        première mise en ligne, disponible en ligne depuis, diffusé en ligne, paru sur internet, publié sur
        internet, mise à disposition en ligne, prépublié en ligne, prépublication en ligne
    """,
    "published_in_issue": "paru dans le numéro, publié dans le numéro, version papier, parution papier",
    "corrected": "corrigé, corrigée, correction, rectificatif, erratum, correction publiée",
    "retracted": "rétracté, rétractée, rétractation",
    "limit": "date limite, dernier délai, date butoir, échéance, clôture, avant le, jusqu'au",
    "other": """
        évalué, mis à jour, sous presse, consulté, communiqué, rapport reçu, refusé, rejeté, dernière mise à
        jour, dernière consultation, à paraître, rapports reçus, expertisé, expertise, présenté, provisoirement
        accepté, accepté provisoirement, accepté sous réserve, accepté sous conditions, accepté sous réserve de
        modifications, accepté sous réserve de révision, évaluation
    """,
}
