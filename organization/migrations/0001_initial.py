import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_audit_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="集合名称")),
            ],
            options={
                "verbose_name": "单位集合",
                "verbose_name_plural": "单位集合",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        db_index=True, default=False, editable=False, verbose_name="演示数据"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "该登录名已被使用，请换一个。"},
                        max_length=64,
                        unique=True,
                        verbose_name="登录名",
                    ),
                ),
                ("display_name", models.CharField(max_length=40, verbose_name="姓名")),
                (
                    "account_kind",
                    models.CharField(
                        choices=[
                            ("business", "业务"),
                            ("system", "系统管理员"),
                            ("security", "安全管理员"),
                            ("audit", "审计员"),
                        ],
                        default="business",
                        max_length=16,
                        verbose_name="账号类别",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="电话")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("must_change_password", models.BooleanField(default=False, verbose_name="首次登录须改口令")),
                (
                    "initial_password_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="初始口令有效期至"),
                ),
                (
                    "password_changed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="口令修改时间"),
                ),
                ("last_seen_at", models.DateTimeField(blank=True, null=True, verbose_name="最近访问")),
            ],
            options={
                "verbose_name": "账号",
                "verbose_name_plural": "账号",
                "ordering": ["username"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("account_kind__in", ["business", "system", "security", "audit"])),
                        name="organization_user_account_kind",
                        violation_error_message="账号类别不在可选范围内。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoordinationGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        db_index=True, default=False, editable=False, verbose_name="演示数据"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        help_text="通常为行政区划代码，如 341100。",
                        max_length=16,
                        unique=True,
                        verbose_name="小组代码",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="小组名称")),
                (
                    "level",
                    models.CharField(
                        choices=[("province", "省"), ("city", "市"), ("county", "县")],
                        max_length=16,
                        verbose_name="层级",
                    ),
                ),
                ("office_duties", models.CharField(blank=True, max_length=200, verbose_name="办公室职责")),
                ("meeting_practice", models.TextField(blank=True, verbose_name="会议制度")),
                ("lower_levels", models.CharField(blank=True, max_length=200, verbose_name="上下联动")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="organization.coordinationgroup",
                        verbose_name="上级小组",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.sourcesection",
                        verbose_name="材料章节",
                    ),
                ),
            ],
            options={
                "verbose_name": "协调小组",
                "verbose_name_plural": "协调小组",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="PastPassword",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="口令摘要")),
                ("set_at", models.DateTimeField(verbose_name="设置时间")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_passwords",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "历史口令",
                "verbose_name_plural": "历史口令",
                "ordering": ["-set_at"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        db_index=True, default=False, editable=False, verbose_name="演示数据"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("post_as_printed", models.CharField(blank=True, max_length=80, verbose_name="职务（原文）")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="电话")),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.sourcesection",
                        verbose_name="材料章节",
                    ),
                ),
            ],
            options={
                "verbose_name": "人员",
                "verbose_name_plural": "人员",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        db_index=True, default=False, editable=False, verbose_name="演示数据"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("head", "组长"), ("deputy", "副组长"), ("member", "成员")],
                        max_length=16,
                        verbose_name="小组职务",
                    ),
                ),
                ("position_title", models.CharField(max_length=80, verbose_name="担任者职务")),
                ("rank", models.PositiveSmallIntegerField(default=1, verbose_name="排序")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="organization.coordinationgroup",
                        verbose_name="协调小组",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.sourcesection",
                        verbose_name="材料章节",
                    ),
                ),
            ],
            options={
                "verbose_name": "席位",
                "verbose_name_plural": "席位",
                "ordering": ["group", "rank"],
            },
        ),
        migrations.CreateModel(
            name="Tenure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        db_index=True, default=False, editable=False, verbose_name="演示数据"
                    ),
                ),
                ("started_on", models.DateField(verbose_name="任职日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="离任日期")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenures",
                        to="organization.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenures",
                        to="organization.seat",
                        verbose_name="席位",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
                "ordering": ["seat", "started_on"],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        db_index=True, default=False, editable=False, verbose_name="演示数据"
                    ),
                ),
                ("code", models.SlugField(max_length=32, unique=True, verbose_name="单位代码")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="单位名称")),
                ("short_name", models.CharField(max_length=40, verbose_name="简称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("department", "市直部门"),
                            ("county", "县市区"),
                            ("park", "园区"),
                            ("school", "院校"),
                            ("enterprise", "企业"),
                            ("mass", "群团"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                (
                    "region_code",
                    models.CharField(
                        blank=True,
                        help_text="园区没有区划代码，留空。",
                        max_length=6,
                        verbose_name="行政区划代码",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="排序")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="设立日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.sourcesection",
                        verbose_name="材料章节",
                    ),
                ),
                (
                    "succeeded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="organization.unit",
                        verbose_name="承接单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "verbose_name_plural": "单位",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        db_index=True, default=False, editable=False, verbose_name="演示数据"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("office", "协调小组办公室"),
                            ("office_head", "办公室负责人"),
                            ("leader", "领导"),
                            ("liaison", "联络员"),
                            ("signer", "单位审签人"),
                            ("assessor", "评估组成员"),
                        ],
                        max_length=16,
                        verbose_name="角色",
                    ),
                ),
                ("granted_at", models.DateTimeField(verbose_name="授予时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="收回时间")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收回人",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="授予人",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="organization.coordinationgroup",
                        verbose_name="协调小组",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="organization.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "角色授权",
                "verbose_name_plural": "角色授权",
                "ordering": ["user", "role", "granted_at"],
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        db_index=True, default=False, editable=False, verbose_name="演示数据"
                    ),
                ),
                ("is_main_responsible", models.BooleanField(default=False, verbose_name="主要责任单位")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="加入日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="退出日期")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="organization.coordinationgroup",
                        verbose_name="协调小组",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.sourcesection",
                        verbose_name="材料章节",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="organization.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "成员单位",
                "verbose_name_plural": "成员单位",
                "ordering": ["group", "unit__position"],
            },
        ),
        migrations.AddField(
            model_name="coordinationgroup",
            name="office_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offices",
                to="organization.unit",
                verbose_name="办公室所在单位",
            ),
        ),
        migrations.AddField(
            model_name="coordinationgroup",
            name="units",
            field=models.ManyToManyField(
                related_name="groups",
                through="organization.GroupMember",
                to="organization.unit",
                verbose_name="成员单位",
            ),
        ),
        migrations.CreateModel(
            name="UnitAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("alias", models.CharField(max_length=80, unique=True, verbose_name="别名")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="organization.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位别名",
                "verbose_name_plural": "单位别名",
                "ordering": ["alias"],
            },
        ),
        migrations.CreateModel(
            name="UnitName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("started_on", models.DateField(verbose_name="启用日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="organization.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位历史名称",
                "verbose_name_plural": "单位历史名称",
                "ordering": ["unit", "started_on"],
            },
        ),
        migrations.CreateModel(
            name="UnitSetMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_memberships",
                        to="organization.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "unit_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="organization.unitset",
                        verbose_name="单位集合",
                    ),
                ),
            ],
            options={
                "verbose_name": "集合成员",
                "verbose_name_plural": "集合成员",
            },
        ),
        migrations.AddField(
            model_name="unitset",
            name="units",
            field=models.ManyToManyField(
                related_name="sets",
                through="organization.UnitSetMember",
                to="organization.unit",
                verbose_name="单位",
            ),
        ),
        migrations.CreateModel(
            name="GroupTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "started_on",
                    models.DateField(
                        help_text="材料只写到月的，取当月1日，原文见“时间原文”。", verbose_name="启用日期"
                    ),
                ),
                ("started_printed", models.CharField(max_length=20, verbose_name="时间原文")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("event", models.CharField(blank=True, max_length=120, verbose_name="缘由")),
                (
                    "main_unit_count",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="主要责任单位数"),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="organization.coordinationgroup",
                        verbose_name="协调小组",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.sourcesection",
                        verbose_name="材料章节",
                    ),
                ),
            ],
            options={
                "verbose_name": "小组届次",
                "verbose_name_plural": "小组届次",
                "ordering": ["group", "started_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "started_on"),
                        name="organization_groupterm_start",
                        violation_error_message="该小组在这一天已有名称。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="organization_groupterm_dates",
                        violation_error_message="停用日期不能早于启用日期。",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                fields=("group", "role", "position_title"),
                name="organization_seat_once",
                violation_error_message="该小组已有这个席位。",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["head", "deputy", "member"])),
                name="organization_seat_role",
                violation_error_message="小组职务不在可选范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True), ("ended_on__gte", models.F("started_on")), _connector="OR"
                ),
                name="organization_tenure_dates",
                violation_error_message="离任日期不能早于任职日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["department", "county", "park", "school", "enterprise", "mass"])
                ),
                name="organization_unit_kind",
                violation_error_message="单位类别不在可选范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="organization_unit_dates",
                violation_error_message="单位的终止日期不能早于设立日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("group__isnull", True), ("role__in", ["liaison", "signer"]), ("unit__isnull", False)
                    ),
                    models.Q(
                        ("group__isnull", False),
                        ("role__in", ["office", "office_head", "leader", "assessor"]),
                        ("unit__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="organization_rolegrant_scope",
                violation_error_message="联络员和审签人授予单位，其他角色授予协调小组，两者只选其一。",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", False), ("ended_by__isnull", True), _connector="OR"),
                name="organization_rolegrant_ended",
                violation_error_message="收回人须与收回时间同时填写。",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("unit__isnull", False)),
                fields=("user", "role", "unit"),
                name="organization_rolegrant_active_unit",
                violation_error_message="该账号已有这个单位的同一角色。",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("group__isnull", False)),
                fields=("user", "role", "group"),
                name="organization_rolegrant_active_group",
                violation_error_message="该账号已有这个小组的同一角色。",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)),
                fields=("group", "unit"),
                name="organization_groupmember_current",
                violation_error_message="该单位已是这个小组的成员单位。",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_on__isnull", True),
                    ("ended_on__isnull", True),
                    ("ended_on__gte", models.F("started_on")),
                    _connector="OR",
                ),
                name="organization_groupmember_dates",
                violation_error_message="退出日期不能早于加入日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="coordinationgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["province", "city", "county"])),
                name="organization_group_level",
                violation_error_message="小组层级不在可选范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="coordinationgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="organization_group_not_own_parent",
                violation_error_message="小组不能以自己为上级。",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True), ("ended_on__gte", models.F("started_on")), _connector="OR"
                ),
                name="organization_unitname_dates",
                violation_error_message="名称的停用日期不能早于启用日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitsetmember",
            constraint=models.UniqueConstraint(
                fields=("unit_set", "unit"),
                name="organization_unitsetmember_once",
                violation_error_message="该单位已在这个集合中。",
            ),
        ),
    ]
