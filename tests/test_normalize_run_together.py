"""Two words that were read as one with letters lost: found where the document has them as a pair elsewhere."""

from __future__ import annotations

from pipeline.normalize.models import load_channel
from pipeline.normalize.repair import Repairer
from pipeline.normalize.run_together import run_together
from tests.decided_words import OFFICIAL, Decided, decided

PAIR = ["Chủ đầu tư dự án nộp hồ sơ.", "Sở thẩm định dự án trong tháng.", "Tỉnh giao vốn cho dự án mới."]


def pairs_for(document: Decided, token: str) -> set[str]:
    forms = OFFICIAL.lexicon.forms
    found = run_together(OFFICIAL.lexicon, load_channel(), document.sentences, document.pieces, document.found).get(
        document.spot(token), []
    )
    return {f"{forms[pair.first.form[0]]} {forms[pair.second.form[0]]}" for pair in found}


def test_a_token_that_looks_like_a_pair_of_the_document_may_be_it() -> None:
    assert "dự án" in pairs_for(decided([*PAIR, "Kiểm tra dun ở xã."], doubtful={"dun": "đun"}), "dun")


def test_a_pair_that_the_document_has_once_or_twice_is_none_of_its_own() -> None:
    assert not pairs_for(decided([*PAIR[:2], "Kiểm tra dun ở xã."], doubtful={"dun": "đun"}), "dun")


def test_words_with_a_sign_between_them_are_no_pair() -> None:
    lines = ["Nộp bản dự, án phí sau."] * 3
    assert not pairs_for(decided([*lines, "Kiểm tra dun ở xã."], doubtful={"dun": "đun"}), "dun")


def test_a_word_that_is_sure_stays_one() -> None:
    assert not pairs_for(decided([*PAIR, "Kiểm tra đun ở xã."]), "đun")


def test_the_pair_has_the_capitals_of_the_token() -> None:
    assert "DỰ ÁN" in pairs_for(decided([*PAIR, "KIỂM TRA DUN"], doubtful={"DUN": "ĐUN"}), "DUN")
    assert "Dự án" in pairs_for(decided([*PAIR, "Dun của xã."], doubtful={"Dun": "Đun"}), "Dun")


def test_the_more_often_a_token_stands_there_the_less_each_place_costs() -> None:
    def score(times: int) -> float:
        document = decided([*PAIR, *["Kiểm tra dun ở xã."] * times], doubtful={"dun": "đun"})
        found = run_together(OFFICIAL.lexicon, load_channel(), document.sentences, document.pieces, document.found)
        return float(found[document.spot("dun")][0].first.score[0])

    assert score(1) < score(2) < score(4)


def test_a_garbled_document_gets_its_two_words_back() -> None:
    lines = [
        "Uy ban nhan dan tinh bao cao tinh hinh thuc hién ké hoach dau tu céng nam nay nhu sau:",
        "Trong quy, cac so, ban, nganh va dia phuong da t6 chttc trién khai nhiéu giai phap dé day nhanh tién d6.",
        "Téng s6 du an duoc giao von la muoi hai du an, trong d6 tam du an chuyén tiép va bon du an khoi céng moi.",
        "So Ké hoach va Dau tu chu tri tham dinh du an, bao cao két qua cho Uy ban nhan dan tinh xem xét, phé duyét.",
        "Chu dau tu lap h6 so quyét toan du an hoan thanh gui co quan tai chinh tham tra theo quy dinh.",
        "Kho bac nha nuoc kiém soat chi, thanh toan kip thoi cho cac du an khi du diéu kién theo hop dong.",
        "Thanh tra tinh kiém tra viéc chap hanh phap luat cua cac don vi thi céng, giam sat tai céng truong.",
        "Cac dia phuong con cham giai phong mat bang, nguoi dan chua dong thuan voi phuong an bOi thuong.",
        "Gia vat liéu xay dung tang, nguon dat dap khan hiém lam anh huong dén tién d6 thi céng cua nha thau.",
        "Dé nghi cac chu dau tu r4 soat, diéu chinh ké hoach v6n cua cac dun dau tu céng, lap h6 so quyét toan dun.",
        "Co quan thanh tra lam viéc voi ban quan ly dun, yéu cau giai trinh cac nOi dung cén vuong mac.",
        "Van phong theo d6i, don déc, tong hop bao cao hang thang tai phién hop thuong ky cua Uy ban.",
    ]
    repaired = " ".join(Repairer.load().repair_lines(lines))
    assert "các dự án đầu tư công, lập hồ sơ quyết toán dự án." in repaired
    assert "ban quản lý dự án" in repaired
