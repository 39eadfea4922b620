//! Words of the generated papers; all phrases are the project's own, the provinces are made up.

/// Name and slug.
pub(crate) const PROVINCES: [(&str, &str); 12] = [
    ("Sông Lam", "song-lam"),
    ("Hồng Sơn", "hong-son"),
    ("Hải Vân", "hai-van"),
    ("Kim Giang", "kim-giang"),
    ("Lam Châu", "lam-chau"),
    ("Đông Sa", "dong-sa"),
    ("Bạch Mã", "bach-ma"),
    ("Tân Khê", "tan-khe"),
    ("Ngọc Lĩnh", "ngoc-linh"),
    ("Vân Đài", "van-dai"),
    ("Thạch Bàn", "thach-ban"),
    ("Thanh Tuyền", "thanh-tuyen"),
];

pub(crate) const SIGNERS: &[&str] = &["Lê Văn Thành", "Trần Thị Hạnh", "Phạm Minh Khôi", "Nguyễn Thu Giang", "Đỗ Quốc Bảo", "Vũ Hoài An"];

pub(crate) const BODIES: &[&str] = &[
    "các cấp ủy cơ sở",
    "chính quyền các cấp",
    "mặt trận và các đoàn thể",
    "các sở, ngành",
    "lực lượng công an xã",
    "đội ngũ giáo viên",
    "các hợp tác xã",
    "doanh nghiệp trên địa bàn",
    "ngành y tế",
    "ban quản lý các khu công nghiệp",
    "hội nông dân",
    "hội phụ nữ",
    "đoàn thanh niên",
    "các tổ hòa giải",
    "cơ quan báo chí",
    "lực lượng kiểm lâm",
    "bộ đội biên phòng",
    "các trường nghề",
];

pub(crate) const VERBS: &[&str] = &[
    "đẩy mạnh",
    "duy trì",
    "đổi mới",
    "rà soát",
    "mở rộng",
    "củng cố",
    "triển khai",
    "nâng cao chất lượng",
    "chấn chỉnh",
    "phối hợp làm tốt",
    "từng bước hiện đại hóa",
    "tập trung nguồn lực cho",
];

pub(crate) const TOPICS: &[&str] = &[
    "công tác đối ngoại nhân dân",
    "công tác phòng cháy, chữa cháy rừng",
    "việc học và làm theo tấm gương của Bác",
    "công tác bảo vệ nguồn nước",
    "phong trào xây dựng nông thôn mới",
    "công tác chăm sóc sức khỏe người cao tuổi",
    "chuyển đổi số trong quản lý đất đai",
    "công tác tiếp công dân định kỳ",
    "việc giảm nghèo bền vững ở vùng cao",
    "công tác dạy nghề cho lao động trẻ",
    "công tác phòng, chống lãng phí",
    "trật tự an toàn giao thông nông thôn",
    "công tác lưu trữ hồ sơ điện tử",
    "việc trồng rừng gỗ lớn",
    "công tác bảo tồn làng nghề",
    "an toàn thực phẩm tại chợ truyền thống",
    "công tác thủy lợi nội đồng",
    "du lịch cộng đồng ven biển",
    "công tác khuyến học",
    "việc sắp xếp trụ sở dôi dư",
    "công tác phòng ngừa đuối nước cho trẻ em",
    "thu gom rác thải nhựa",
    "công tác quản lý tàu cá",
    "hỗ trợ hợp tác xã kiểu mới",
    "công tác tuyển quân",
    "văn hóa đọc ở cơ sở",
    "công tác hòa giải ở thôn, bản",
    "cải cách thủ tục hành chính một cửa",
];

pub(crate) const OPENERS: &[&str] = &[
    "Thời gian qua",
    "Từ đầu năm đến nay",
    "Qua kiểm tra thực tế",
    "Ở nhiều địa bàn",
    "Với tinh thần chủ động",
    "Dưới sự chỉ đạo của cấp trên",
    "Nhìn chung",
    "Trong điều kiện còn khó khăn",
    "Nhờ làm tốt khâu chuẩn bị",
    "Bên cạnh đó",
];

pub(crate) const MANNERS: &[&str] = &[
    "theo hướng sát dân, gần dân",
    "một cách đồng bộ và kiên trì",
    "gắn với trách nhiệm người đứng đầu",
    "bằng nhiều hình thức phong phú",
    "trên cơ sở phân công rõ việc",
    "có trọng tâm, trọng điểm",
    "với sự tham gia của người dân",
    "đúng tiến độ đã đề ra",
    "ở cả ba khu vực của tỉnh",
    "qua các mô hình điểm",
    "dựa trên số liệu cập nhật hằng quý",
];

pub(crate) const PURPOSES: &[&str] = &[
    "góp phần giữ vững ổn định từ cơ sở",
    "tạo chuyển biến rõ nét về nhận thức",
    "được nhân dân đồng tình ủng hộ",
    "làm tiền đề cho giai đoạn sau",
    "hạn chế thấp nhất sai sót phát sinh",
    "bảo đảm quyền lợi chính đáng của người lao động",
    "đáp ứng yêu cầu của tình hình mới",
    "tuy nhiên một số nơi làm còn chậm",
    "bước đầu đạt kết quả đáng khích lệ",
    "nhưng kinh phí bố trí còn hạn hẹp",
];
